package dev.vicino.bench.store;

import dev.vicino.bench.race.Latencies;
import dev.vicino.store.Collection;
import dev.vicino.store.point.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Threads that write points durably, each waiting for one write before its next. */
final class Clients {
    private static final double NANOS_A_SECOND = 1e9;

    private Clients() {}

    /**
     * What all clients together did.
     *
     * @param points written
     * @param waits of each write
     */
    record Outcome(int points, double seconds, Latencies waits) {
        double pointsASecond() {
            return points / seconds;
        }
    }

    /**
     * Writes the points of some rows, in order, or as many of them as there is time for.
     *
     * @param first row
     * @param end one more than the last row
     * @param batch points of a write
     */
    static Outcome upsert(
            Collection collection, Material material, int first, int end, int batch, int clients, double seconds)
            throws IOException {
        AtomicInteger next = new AtomicInteger(first);
        long start = System.nanoTime();
        Callable<Latencies> client = () -> {
            Latencies waits = new Latencies();
            for (int row = next.getAndAdd(batch);
                    row < end && System.nanoTime() - start < seconds * NANOS_A_SECOND;
                    row = next.getAndAdd(batch)) {
                List<Point> points = IntStream.range(row, Math.min(end, row + batch))
                        .mapToObj(material::point)
                        .toList();
                long begin = System.nanoTime();
                collection.upsert(points);
                waits.add(System.nanoTime() - begin);
            }
            return waits;
        };
        Latencies waits = run(client, clients);
        double taken = (System.nanoTime() - start) / NANOS_A_SECOND;
        return new Outcome(Math.min(end - first, waits.count() * batch), taken, waits);
    }

    private static Latencies run(Callable<Latencies> client, int clients) throws IOException {
        Latencies all = new Latencies();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Latencies>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(client));
            }
            for (Future<Latencies> each : running) {
                all.addAll(each.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException("writing failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while points were written", e);
        }
    }
}
