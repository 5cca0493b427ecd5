package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Searches a collection in all ways until it is over, and remembers how long searches took. */
final class SoakSearcher {
    private final Collection points;
    private final Random random;
    private final int dimension;
    private final List<Long> nanos = new ArrayList<>();

    SoakSearcher(Collection points, Random random, int dimension) {
        this.points = points;
        this.random = random;
        this.dimension = dimension;
    }

    Void run(AtomicBoolean over) throws IOException {
        for (int number = 0; !over.get(); number++) {
            int group = random.nextInt(10);
            Filter filter = number % 2 == 0 ? Filter.ALL : Filter.must(Condition.match("group", group));
            SearchRequest request = SearchRequest.of(Query.of(Seeds.reals(random, dimension)), 10)
                    .withFilter(filter)
                    .withPart(number % 3 == 0 ? Part.PAYLOAD : Part.NONE);
            long start = System.nanoTime();
            List<ScoredPoint> found = points.search(request).points();
            add(System.nanoTime() - start);
            assertThat(found)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
            if (number % 100 == 99) {
                assertThat(points.count(filter)).isNotNegative();
                assertThat(points.scroll(null, 5, filter, Part.NONE).points()).hasSizeLessThanOrEqualTo(5);
            }
        }
        return null;
    }

    private synchronized void add(long taken) {
        nanos.add(taken);
    }

    /** The median of the searches since the last time it was asked for. */
    synchronized double medianMicros() {
        double median = nanos.stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(nanos.size() / 2)
                .findFirst()
                .orElse(0);
        nanos.clear();
        return median / 1e3;
    }
}
