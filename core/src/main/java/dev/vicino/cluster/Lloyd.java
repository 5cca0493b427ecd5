package dev.vicino.cluster;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Lloyd's iteration over some rows. The rows of a cluster are added up by one thread, in rising order, so that sums are the same for any
 * number of threads.
 */
final class Lloyd {
    private static final int PIECE = 4096;

    /** By this much the halves of a cluster that was split are moved apart. */
    private static final float APART = 1f / 1024;

    private final KMeans parameters;
    private final Rows rows;
    private final float[] centroids;
    private final int threads;
    private final Progress progress;
    private final BooleanSupplier cancelled;
    private final int d;
    private final int[] nearest;
    private final double[] pieceLosses;
    private long assigned;

    Lloyd(KMeans parameters, Rows rows, float[] centroids, int threads, Progress progress, BooleanSupplier cancelled) {
        this.parameters = parameters;
        this.rows = rows;
        this.centroids = centroids;
        this.threads = threads;
        this.progress = progress;
        this.cancelled = cancelled;
        this.d = rows.dimension();
        this.nearest = new int[rows.size()];
        this.pieceLosses = new double[Math.ceilDiv(rows.size(), PIECE)];
    }

    Clusters run() {
        double squares = parameters.spherical() ? 0 : squares();
        double[] losses = new double[parameters.iterations()];
        int[] sizes = new int[parameters.count()];
        for (int iteration = 0; iteration < losses.length; iteration++) {
            losses[iteration] = squares + (parameters.spherical() ? 1 : 2) * assign();
            int[] starts = starts();
            int[] members = members(starts);
            for (int c = 0; c < sizes.length; c++) {
                sizes[c] = starts[c + 1] - starts[c];
            }
            Parallel.run(sizes.length, threads, c -> move(c, members, starts[c], starts[c + 1]));
            fillEmpty(sizes.clone());
        }
        return new Clusters(centroids, d, sizes, losses);
    }

    /** Σ‖x‖². */
    private double squares() {
        Parallel.run(pieceLosses.length, threads, piece -> {
            float[] row = new float[d];
            double sum = 0;
            for (int r = piece * PIECE; r < Math.min(rows.size(), (piece + 1) * PIECE); r++) {
                MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(r), row, 0, d);
                double norm = Norms.of(row);
                sum += norm * norm;
            }
            pieceLosses[piece] = sum;
        });
        return Arrays.stream(pieceLosses).sum();
    }

    /** Finds the nearest centroid of each row; gives the sum of what it is nearest by. */
    private double assign() {
        NearestCentroid centroid = new NearestCentroid(centroids, d, parameters.spherical());
        ThreadLocal<NearestCentroid.Worker> workers = ThreadLocal.withInitial(centroid::worker);
        Parallel.run(pieceLosses.length, threads, piece -> {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("k-means was cancelled");
            }
            int from = piece * PIECE;
            int count = Math.min(PIECE, rows.size() - from);
            int[] which = new int[count];
            float[] margins = new float[count];
            workers.get().assign(rows, from, count, which, margins);
            System.arraycopy(which, 0, nearest, from, count);
            double sum = 0;
            for (float margin : margins) {
                sum += margin;
            }
            pieceLosses[piece] = sum;
            tell(count);
        });
        return Arrays.stream(pieceLosses).sum();
    }

    private synchronized void tell(int count) {
        assigned += count;
        progress.update(assigned, (long) parameters.iterations() * rows.size());
    }

    /** Where the members of each cluster begin; behind the last one, how many rows there are. */
    private int[] starts() {
        int[] starts = new int[parameters.count() + 1];
        for (int cluster : nearest) {
            starts[cluster + 1]++;
        }
        for (int c = 0; c < parameters.count(); c++) {
            starts[c + 1] += starts[c];
        }
        return starts;
    }

    private int[] members(int[] starts) {
        int[] next = starts.clone();
        int[] members = new int[nearest.length];
        for (int r = 0; r < nearest.length; r++) {
            members[next[nearest[r]]++] = r;
        }
        return members;
    }

    /** To the mean of its members; one that has none, or whose mean no float can hold, stays. */
    private void move(int cluster, int[] members, int from, int to) {
        double[] sum = new double[d];
        float[] row = new float[d];
        for (int i = from; i < to; i++) {
            MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(members[i]), row, 0, d);
            for (int j = 0; j < d; j++) {
                sum[j] += row[j];
            }
        }
        for (int j = 0; j < d && from < to; j++) {
            row[j] = (float) (sum[j] / (to - from));
        }
        if (from < to && Norms.of(row) < Double.POSITIVE_INFINITY) {
            System.arraycopy(row, 0, centroids, cluster * d, d);
            if (parameters.spherical()) {
                normalise(centroids, cluster * d, d);
            }
        }
    }

    /** Halves the largest cluster for each that is empty. */
    private void fillEmpty(int[] sizes) {
        for (int c = 0; c < sizes.length; c++) {
            if (sizes[c] == 0) {
                int largest = largest(sizes);
                split(largest, c);
                sizes[c] = sizes[largest] / 2;
                sizes[largest] -= sizes[c];
            }
        }
    }

    private static int largest(int[] sizes) {
        int largest = 0;
        for (int c = 1; c < sizes.length; c++) {
            largest = sizes[c] > sizes[largest] ? c : largest;
        }
        return largest;
    }

    private void split(int from, int to) {
        for (int j = 0; j < d; j++) {
            float value = centroids[from * d + j];
            float way = j % 2 == 0 ? value * APART : -value * APART;
            centroids[to * d + j] = value + way;
            centroids[from * d + j] = value - way;
        }
        if (parameters.spherical()) {
            normalise(centroids, from * d, d);
            normalise(centroids, to * d, d);
        }
    }

    /** Gives a vector length 1; a zero vector stays. */
    static void normalise(float[] values, int from, int d) {
        double norm = Norms.of(Arrays.copyOfRange(values, from, from + d));
        for (int i = from; i < from + d && norm > 0; i++) {
            values[i] = (float) (values[i] / norm);
        }
    }
}
