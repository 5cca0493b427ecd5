package dev.vicino.code;

import dev.vicino.cluster.Clusters;
import dev.vicino.cluster.KMeans;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ProductKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Parallel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Product quantisation (Jégou, Douze and Schmid, 2011): a vector is cut into parts, and each part is written as the number of the nearest
 * entry of a codebook, the centroids of k-means over that part. Immutable; any number of threads may use it.
 */
final class Codebooks {
    private static final ProductKernels KERNELS = Kernels.BEST.products();
    private static final int ITERATIONS = 25;

    /** Part j is values starts[j] up to starts[j + 1]. */
    private final int[] starts;

    private final int size;
    /** Value i of all entries of its part, then value i + 1. */
    private final float[] entries;
    /** ‖e‖²/2 of each entry e of each part. */
    private final float[] halfSquares;

    private Codebooks(int[] starts, int size, float[] entries) {
        this.starts = starts;
        this.size = size;
        this.entries = entries;
        this.halfSquares = new float[parts() * size];
        for (int part = 0; part < parts(); part++) {
            for (int entry = 0; entry < size; entry++) {
                double square = 0;
                for (int i = starts[part]; i < starts[part + 1]; i++) {
                    double value = entries[i * size + entry];
                    square += value * value;
                }
                halfSquares[part * size + entry] = (float) Math.min(square / 2, Float.MAX_VALUE);
            }
        }
    }

    private static int[] starts(int dimension, int parts) {
        int[] starts = new int[parts + 1];
        for (int part = 0; part <= parts; part++) {
            starts[part] = (int) ((long) part * dimension / parts);
        }
        return starts;
    }

    /**
     * Learns codebooks from rows.
     *
     * @param parts at most as many as values
     * @param bits of a number, 4 or 8
     * @param seed of the first entries
     */
    static Codebooks learn(Rows rows, int parts, int bits, int threads, long seed) {
        int[] starts = starts(rows.dimension(), parts);
        int size = 1 << bits;
        float[] entries = new float[rows.dimension() * size];
        KMeans means = new KMeans(Math.clamp(rows.size(), 1, size), ITERATIONS, KMeans.Start.SAMPLE, false, seed);
        Parallel.run(rows.size() == 0 ? 0 : parts, threads, part -> {
            int width = starts[part + 1] - starts[part];
            try (Memory copy = columns(rows, starts[part], width)) {
                Rows columns = Rows.of(copy, rows.size(), width);
                Clusters clusters = means.of(columns, 1, Progress.NONE, () -> false);
                put(clusters.centroids(), entries, starts[part], width, size);
            }
        });
        return new Codebooks(starts, size, entries);
    }

    private static void put(float[] centroids, float[] entries, int from, int width, int size) {
        for (int i = 0; i < centroids.length; i++) {
            entries[(from + i % width) * size + i / width] = centroids[i];
        }
    }

    /** Codebooks that fit rows better, after some more iterations. */
    Codebooks improved(Rows rows, int iterations, int threads) {
        int used = Math.min(size, rows.size());
        float[] better = entries.clone();
        KMeans means = new KMeans(used, iterations, KMeans.Start.SAMPLE, false, 0);
        Parallel.run(parts(), threads, part -> {
            int from = starts[part];
            int width = starts[part + 1] - from;
            float[] centroids = new float[used * width];
            for (int i = 0; i < centroids.length; i++) {
                centroids[i] = entries[(from + i % width) * size + i / width];
            }
            try (Memory copy = columns(rows, from, width)) {
                Rows columns = Rows.of(copy, rows.size(), width);
                means.improved(centroids, columns, 1, Progress.NONE, () -> false);
                put(centroids, better, from, width, size);
            }
        });
        return new Codebooks(starts, size, better);
    }

    private static Memory columns(Rows rows, int from, int width) {
        Memory memory = Memory.allocate((long) rows.size() * width * Float.BYTES);
        for (int r = 0; r < rows.size(); r++) {
            long source = rows.at(r) + (long) from * Float.BYTES;
            MemorySegment.copy(
                    rows.base(), source, memory.segment(), (long) r * width * Float.BYTES, (long) width * Float.BYTES);
        }
        return memory;
    }

    /** Reads what {@link #parameters} wrote; null where it has another length. */
    static @Nullable Codebooks open(int dimension, int parts, int bits, float[] entries) {
        return entries.length == dimension << bits ? new Codebooks(starts(dimension, parts), 1 << bits, entries) : null;
    }

    /** All entries. */
    float[] parameters() {
        return entries;
    }

    int parts() {
        return starts.length - 1;
    }

    /** Entries of a codebook. */
    int size() {
        return size;
    }

    /**
     * The products of a vector with all entries.
     *
     * @param out {@link #size} a part
     */
    void tables(float[] vector, float[] out) {
        KERNELS.tables(vector, starts, entries, size, out);
    }

    /**
     * The nearest entry of each part.
     *
     * @param tables {@link #size} a part, overwritten
     * @param numbers one a part
     */
    void encode(float[] vector, float[] tables, byte[] numbers) {
        tables(vector, tables);
        for (int part = 0; part < parts(); part++) {
            int first = part * size;
            int nearest = 0;
            float least = Float.POSITIVE_INFINITY;
            for (int entry = 0; entry < size; entry++) {
                float distance = halfSquares[first + entry] - tables[first + entry];
                if (distance < least) {
                    least = distance;
                    nearest = entry;
                }
            }
            numbers[part] = (byte) nearest;
        }
    }

    /** The entries of some numbers, put together. */
    void decode(byte[] numbers, float[] out) {
        for (int part = 0; part < parts(); part++) {
            for (int i = starts[part]; i < starts[part + 1]; i++) {
                out[i] = entries[i * size + (numbers[part] & 0xff)];
            }
        }
    }
}
