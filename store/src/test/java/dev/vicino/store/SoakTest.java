package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vicino.Metric;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.search.Part;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.Limits;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.write.PointSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes, deletions and searches of all kinds for {@code -Dvicino.soakSeconds}, 30 unless told, over a steady number of points on the default
 * graph: memory, files and latency in the last third are as in the second, and everything written last is there.
 */
@ExtendWith(Seeds.class)
final class SoakTest {
    private static final int SECONDS = Integer.getInteger("vicino.soakSeconds", 30);
    private static final int SAMPLES = 30;
    private static final int DIMENSION = 32;
    private static final int IDS = 4000;
    private static final int WRITERS = 2;

    @TempDir
    Path folder;

    @Test
    void nothingGrows() throws Exception {
        Random random = Seeds.random();
        List<SoakSample> samples = new ArrayList<>();
        try (Database database = Database.open(folder);
                ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            Collection points = database.create("points", settings());
            AtomicBoolean over = new AtomicBoolean();
            List<Future<Map<PointId, Float>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random own = new Random(random.nextLong());
                long firstId = (long) writer * IDS;
                writers.add(threads.submit(() -> write(points, own, firstId, over)));
            }
            SoakSearcher searcher = new SoakSearcher(points, new Random(random.nextLong()), DIMENSION);
            Future<?> searching = threads.submit(() -> searcher.run(over));
            for (int i = 0; i < SAMPLES; i++) {
                Thread.sleep(1000L * SECONDS / SAMPLES);
                samples.add(SoakSample.take(folder, searcher));
                assertThat(points.status().failures()).isEmpty();
            }
            over.set(true);
            searching.get();
            for (Future<Map<PointId, Float>> writer : writers) {
                assertHolds(points, writer.get());
            }
            points.verify();
        }
        assertSteady(samples, "heap in MiB", SoakSample::heapMib, 1.3, 16);
        assertSteady(samples, "memory of the process in MiB", SoakSample::residentMib, 1.3, 64);
        assertSteady(samples, "files in MiB", SoakSample::filesMib, 1.5, 32);
        assertSteady(samples, "median search in µs", SoakSample::medianMicros, 3, 100);
    }

    private static CollectionSettings settings() {
        VectorSettings vectors = VectorSettings.dense(DIMENSION, Metric.COSINE).withThreshold(1000);
        return CollectionSettings.of(Map.of("", vectors))
                .withPayloadIndex("group", IndexKind.INTEGER)
                .withLimits(Limits.DEFAULT.withTailVectors(2000));
    }

    /** Writes and deletes points of its own ids; tells the first value of every vector that is there in the end. */
    private static Map<PointId, Float> write(Collection points, Random random, long firstId, AtomicBoolean over)
            throws IOException {
        Map<PointId, Float> written = new HashMap<>();
        for (int round = 0; !over.get(); round++) {
            if (round % 10 == 9) {
                PointId gone = PointId.of(firstId + random.nextInt(IDS));
                points.delete(PointSelector.of(gone));
                written.remove(gone);
            } else {
                List<Point> batch = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    batch.add(point(random, firstId + random.nextInt(IDS)));
                }
                points.upsert(batch);
                batch.forEach(point -> written.put(point.id(), first(point)));
            }
        }
        return written;
    }

    private static Point point(Random random, long id) {
        return Point.of(id, Seeds.reals(random, DIMENSION))
                .withPayload(JsonNodeFactory.instance.objectNode().put("group", random.nextInt(10)));
    }

    private static float first(Point point) {
        return ((VectorValue.Dense) point.vectors().get("")).values()[0];
    }

    private static void assertHolds(Collection points, Map<PointId, Float> written) throws IOException {
        Map<PointId, Float> held = new HashMap<>();
        points.get(List.copyOf(written.keySet()), Part.NONE.withVectors(""))
                .forEach(point -> held.put(
                        point.id(), ((VectorValue.Dense) point.vectors().get("")).values()[0]));
        assertThat(held).isEqualTo(written);
    }

    /** The median of the last third is hardly more than that of the third before. */
    private static void assertSteady(
            List<SoakSample> samples, String what, ToDoubleFunction<SoakSample> figure, double times, double more) {
        int third = samples.size() / 3;
        double before = median(samples.subList(third, 2 * third), figure);
        double after = median(samples.subList(2 * third, samples.size()), figure);
        System.out.printf("soak of %d s: %s %.1f, then %.1f%n", SECONDS, what, before, after);
        assertThat(after).as(what).isLessThan(times * before + more);
    }

    private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> figure) {
        return samples.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
