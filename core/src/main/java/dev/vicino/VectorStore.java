package dev.vicino;

import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances;
import dev.vicino.scan.ExactScan;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Vectors with metadata, in memory, searched exactly while they grow.
 *
 * <pre>{@code
 * try (VectorStore<String> store = new VectorStore<>(3, Metric.COSINE)) {
 *     store.add(new float[] {1, 0, 0}, "east");
 *     store.add(new float[] {0, 1, 0}, "north");
 *     store.search(new float[] {2, 1, 0}, 1).getFirst().metadata();   // "east"
 * }
 * }</pre>
 *
 * <p>Any number of threads may add and search at once: a search sees every vector that was added before it began. Ids count up from 0
 * in the order of adding.
 *
 * @param <M> what is known of a vector beside its values; kept as it is
 */
public final class VectorStore<M> implements AutoCloseable {
    private static final int FIRST_ROWS = 64;

    private final int dimension;
    private final Metric metric;
    private final List<M> metadata = new ArrayList<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private Memory rows;
    private Norms norms;
    private boolean closed;

    /**
     * An empty store.
     *
     * @param dimension values in every vector, 1..{@value Vectors#MAX_DIMENSION}
     * @throws IllegalArgumentException for a dimension outside that range
     */
    public VectorStore(int dimension, Metric metric) {
        Vectors.checkDimension(dimension);
        this.dimension = dimension;
        this.metric = metric;
        this.rows = Memory.allocate(rowBytes(FIRST_ROWS));
        this.norms = Norms.empty(FIRST_ROWS, metric == Metric.COSINE);
    }

    /**
     * A vector found.
     *
     * @param id the number that {@link #add} gave it
     * @param score similarity or distance, as {@link Metric} says
     */
    public record Match<M>(long id, float score, M metadata) {}

    /** Vectors held. */
    public int size() {
        return reading(metadata::size);
    }

    public int dimension() {
        return dimension;
    }

    public Metric metric() {
        return metric;
    }

    /**
     * Adds a copy of a vector.
     *
     * @param vector d finite values
     * @return its id
     * @throws IllegalArgumentException for another dimension or a value that is not finite; nothing is added then
     */
    public long add(float[] vector, M metadata) {
        return addAll(List.of(vector), List.of(metadata));
    }

    /**
     * Adds copies of vectors, all or none.
     *
     * @param vectors d finite values each
     * @param metadata as many
     * @return the id of the first; the others follow it
     * @throws IllegalArgumentException for lists of unequal length, or a vector of another dimension or with a value that is not
     *     finite, naming it; nothing is added then
     */
    public long addAll(List<float[]> vectors, List<M> metadata) {
        if (vectors.size() != metadata.size()) {
            throw new IllegalArgumentException(
                    "metadata.size() = " + metadata.size() + ", expected vectors.size() = " + vectors.size());
        }
        for (int i = 0; i < vectors.size(); i++) {
            Arguments.checkVector("vector " + i, vectors.get(i), dimension);
        }
        lock.writeLock().lock();
        try {
            checkOpen();
            int first = this.metadata.size();
            reserve(Math.addExact(first, vectors.size()));
            for (int i = 0; i < vectors.size(); i++) {
                float[] vector = vectors.get(i);
                MemorySegment.copy(vector, 0, rows.segment(), Memory.FLOAT, rowBytes(first + i), dimension);
                norms.set(first + i, vector);
            }
            this.metadata.addAll(metadata);
            return first;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * The k vectors nearest to a query, nearest first, ties by the smaller id.
     *
     * @param k at least 1; all are returned when it is larger than {@link #size}
     * @throws IllegalArgumentException when the query has another dimension or a value that is not finite, or k is below 1
     */
    public List<Match<M>> search(float[] query, int k) {
        Arguments.checkPositive("k", k);
        return reading(() -> {
            Distances distances = metric.distances(Rows.of(rows, metadata.size(), dimension), norms);
            Hits hits =
                    ExactScan.plain(distances, Ids.ORDINALS).search(query, new Goal.KNearest(k), null, 1, Stop.NEVER);
            List<Match<M>> matches = new ArrayList<>(hits.ordinals().length);
            for (int i = 0; i < hits.ordinals().length; i++) {
                int row = hits.ordinals()[i];
                matches.add(new Match<>(row, metric.toScore(hits.distances()[i]), metadata.get(row)));
            }
            return matches;
        });
    }

    private void reserve(int size) {
        if (rowBytes(size) <= rows.bytes()) {
            return;
        }
        int capacity = (int) Math.max(size, Math.min(2L * metadata.size(), Vectors.MAX_SIZE));
        Memory largerRows = Memory.allocate(rowBytes(capacity));
        Norms largerNorms = norms.copy(metadata.size(), capacity);
        largerRows.copyFrom(rows, rowBytes(metadata.size()));
        rows.close();
        norms.memory().close();
        rows = largerRows;
        norms = largerNorms;
    }

    private long rowBytes(long count) {
        return count * dimension * Float.BYTES;
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            checkOpen();
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("store is closed");
        }
    }

    /** Frees the vectors once searches under way are done; calls afterwards fail with {@link IllegalStateException}. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                rows.close();
                norms.memory().close();
                metadata.clear();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
