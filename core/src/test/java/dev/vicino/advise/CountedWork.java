package dev.vicino.advise;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import java.util.Arrays;

/** Time that is counted, not measured, so that advice is the same in every run: a row compared takes a microsecond, its code a tenth. */
final class CountedWork implements Meter {
    private static final double CODE = 0.1;

    @Override
    public double seconds(Runnable work) {
        work.run();
        return 1;
    }

    @Override
    public Latency latency(VectorIndex index, float[][] queries, int k, int effort) {
        SearchOptions options = SearchOptions.DEFAULT.withEffort(effort);
        return Latency.of(Arrays.stream(queries)
                .map(query -> index.search(query, k, options).work())
                .mapToDouble(CountedWork::micros)
                .toArray());
    }

    private static double micros(Neighbors.Work work) {
        return work.exact() + CODE * work.compared();
    }
}
