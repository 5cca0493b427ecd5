package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Latencies;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.store.Collection;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Searches of one collection while the index of another is built. */
record BuildWork(Setting setting) {
    private static final double ASKED = 2;
    private static final double PERCENTILE = 0.99;
    private static final String OTHER = "other";

    /** Longer than any build. */
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    /**
     * In turns.
     *
     * @param collection all of whose vectors are in its graph
     */
    void run(Scene scene, Collection collection) throws IOException {
        int rounds = setting.scale().rounds();
        double[] rest = new double[rounds];
        double[] building = new double[rounds];
        int rows = Math.min(setting.scale().newRows(), setting.material().size());
        int threshold = Math.min(setting.scale().threshold(), rows);
        p99(collection, setting.scale().seconds(), () -> false); // to be warm
        for (int round = 0; round < rounds; round++) {
            rest[round] = p99(collection, setting.scale().seconds(), () -> false);
            Collection other = scene.create(OTHER, threshold);
            UpsertWork.fill(other, setting.material(), rows);
            building[round] = p99While(collection, other);
            scene.delete(OTHER);
        }
        setting.add(new FigureRow(
                StoreWork.BUILD.toString(),
                text("another index of %,d is built", rows),
                "µs, p99",
                "1 thread searching",
                Median.of(building),
                "at rest",
                Median.of(rest),
                Ratio.of(building, rest),
                Asked.atMost(ASKED)));
    }

    private double p99While(Collection collection, Collection built) throws IOException {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Void> build = thread.submit(() -> {
                Scene.awaitGraph(built);
                return null;
            });
            double micros = p99(collection, NO_LIMIT, build::isDone);
            build.get();
            return micros;
        } catch (ExecutionException e) {
            throw new IOException("building failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an index was built", e);
        }
    }

    private double p99(Collection collection, double seconds, BooleanSupplier over) throws IOException {
        float[][] queries = setting.material().asked();
        return Latencies.of(
                        seconds,
                        over,
                        i -> collection.search(SearchRequest.of(Query.of(queries[i % queries.length]), Setting.K)))
                .micros(PERCENTILE);
    }
}
