package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.write.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations against the {@link Model}: scanned alone, with a graph that grows meanwhile, and over many openings. */
@ExtendWith(Seeds.class)
final class CollectionModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {100_000, 60})
    void holdsWhatItWasToldOverManyOpenings(int threshold) throws IOException {
        Random random = Seeds.random();
        Model model = new Model();
        CollectionSettings settings = Model.settings(threshold);
        for (int opening = 0; opening < 6; opening++) {
            try (Database database = Database.open(folder)) {
                Collection collection =
                        opening == 0 ? database.create("points", settings) : database.collection("points");
                assertThat(collection.status().failures()).isEmpty();
                model.assertHeldBy(collection, random);
                for (int i = 0; i < 60; i++) {
                    List<Operation> batch = new ArrayList<>();
                    for (int j = random.nextInt(5); j >= 0; j--) {
                        batch.add(Model.operation(random, 300));
                    }
                    collection.write(batch.toArray(Operation[]::new));
                    batch.forEach(model::apply);
                    if (i % 10 == 0) {
                        model.assertHeldBy(collection, random);
                    }
                }
                model.assertHeldBy(collection, random);
                collection.verify();
            }
        }
    }

    /** Each thread has ids of its own and a model of its own; they share commits, views and the graph. */
    @Test
    void holdsWhatManyThreadsTellIt() throws Exception {
        int threads = 4;
        try (Database database = Database.open(folder);
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            Collection collection = database.create("points", Model.settings(100));
            List<Future<?>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(Seeds.random().nextLong() + t);
                long offset = 1000L * t;
                results.add(executor.submit(() -> write(collection, random, offset)));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
    }

    private static Void write(Collection collection, Random random, long offset) throws IOException {
        List<Long> versions = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Point point = Model.point(random, 50);
            Point own = new Point(PointId.of(offset + i % 50), point.vectors(), point.payload());
            versions.add(collection.upsert(List.of(own)).sequence());
            var found = collection.get(List.of(own.id()), Part.PAYLOAD.withVectors(""));
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().version()).isEqualTo(versions.getLast());
            assertThat(found.getFirst().payload()).isEqualTo(own.payload());
            assertThat(found.getFirst().vectors()).isEqualTo(own.vectors());
            assertFinds(collection, own);
        }
        assertThat(versions).isSorted();
        return null;
    }

    private static void assertFinds(Collection collection, Point own) throws IOException {
        var request = SearchRequest.of(new Query.Nearest(own.vectors().get("")), 1)
                .withFilter(Filter.must(new Condition.HasId(Set.of(own.id()))));
        assertThat(collection.search(request).points())
                .singleElement()
                .matches(point -> point.id().equals(own.id()) && point.score() == 0);
    }

    /** One point that is written by one thread: who reads it never sees an older version after a newer one, wherever he looks. */
    @Test
    void nobodySeesTheNewAndThenTheOld() throws Exception {
        try (Database database = Database.open(folder);
                ExecutorService executor = Executors.newFixedThreadPool(3)) {
            Collection collection = database.create("points", Model.settings(20));
            Random random = Seeds.random();
            collection.upsert(List.of(numbered(0)));
            Future<?> writer = executor.submit(() -> {
                for (int i = 1; i <= 300; i++) {
                    collection.upsert(List.of(numbered(i), Model.point(random, 50)));
                }
                return null;
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < 2; r++) {
                readers.add(executor.submit(() -> {
                    float last = 0;
                    while (!writer.isDone()) {
                        float seen = ThreadLocalRandom.current().nextBoolean() ? read(collection) : search(collection);
                        assertThat(seen).isGreaterThanOrEqualTo(last);
                        last = seen;
                    }
                    return null;
                }));
            }
            writer.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(search(collection)).isEqualTo(300);
        }
    }

    private static final PointId NUMBERED = PointId.of(777);

    private static Point numbered(int number) {
        return Point.of(NUMBERED, number, 0, 0, 1000);
    }

    private static float read(Collection collection) throws IOException {
        return ((VectorValue.Dense) collection
                        .get(List.of(NUMBERED), Part.NONE.withVectors(""))
                        .getFirst()
                        .vectors()
                        .get(""))
                .values()[0];
    }

    /** By its distance from the point numbered 0. */
    private static float search(Collection collection) throws IOException {
        var request = SearchRequest.of(Query.of(0, 0, 0, 1000), 1).withExact(true);
        var found = collection.search(request).points();
        assertThat(found).singleElement().matches(point -> point.id().equals(NUMBERED));
        return found.getFirst().score();
    }
}
