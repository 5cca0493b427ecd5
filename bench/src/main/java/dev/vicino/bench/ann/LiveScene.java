package dev.vicino.bench.ann;

import dev.vicino.LiveIndex;
import dev.vicino.SearchOptions;
import dev.vicino.bench.race.Latencies;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** An index that is searched by the caller's thread, now and then while another inserts. */
final class LiveScene {
    private static final double PERCENTILE = 0.99;
    private static final double NANOS_A_SECOND = 1e9;

    private final LiveIndex index;
    private final float[][] queries;
    private final float[][] kept;
    private final int firstId;
    private final SearchOptions options;
    private int inserted;

    /**
     * What a while of both gave.
     *
     * @param micros that 99 of 100 searches took at most
     */
    record Busy(double micros, double insertsASecond) {}

    /**
     * Begins with nothing inserted.
     *
     * @param kept vectors to insert, in this order
     * @param firstId id of the first of them; the others follow
     */
    LiveScene(LiveIndex index, float[][] queries, int effort, float[][] kept, int firstId) {
        this.index = index;
        this.queries = queries;
        this.kept = kept;
        this.firstId = firstId;
        this.options = SearchOptions.DEFAULT.withEffort(effort);
    }

    /** How many vectors have not been inserted. */
    int left() {
        return kept.length - inserted;
    }

    /** Searches for so long; gives the microseconds that 99 of 100 searches took at most. */
    double rest(double seconds) throws IOException {
        return percentile(seconds, () -> false);
    }

    /** The same while another thread inserts as fast as it can, until it has inserted so many. */
    Busy busy(double seconds, int most) throws IOException {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Double> inserter = thread.submit(() -> insert(seconds, most));
            double micros = percentile(seconds, inserter::isDone);
            return new Busy(micros, inserter.get());
        } catch (ExecutionException e) {
            throw new IOException("inserting failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while vectors were inserted", e);
        }
    }

    /** Gives how many a second. */
    private double insert(double seconds, int most) {
        int before = inserted;
        long start = System.nanoTime();
        long now = start;
        while (inserted - before < most && now - start < seconds * NANOS_A_SECOND) {
            index.add((long) firstId + inserted, kept[inserted]);
            inserted++;
            now = System.nanoTime();
        }
        return (inserted - before) / ((now - start) / NANOS_A_SECOND);
    }

    /** Searches for so long or until something is over, at least once. */
    private double percentile(double seconds, BooleanSupplier over) throws IOException {
        return Latencies.of(seconds, over, i -> index.search(queries[i % queries.length], UnitData.K, options))
                .micros(PERCENTILE);
    }
}
