package dev.vicino.lists;

import dev.vicino.cluster.KMeans;
import dev.vicino.code.BlockCode;
import dev.vicino.code.BlockCodes;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Loss;
import dev.vicino.code.Sample;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Learns centroids and a code from rows, and writes the rows into lists. */
final class Learning {
    /** Rows that one thread takes at a time. */
    private static final int ROWS_AT_ONCE = 1024;

    /** Rows a list that centroids are learnt from; more make them hardly better. */
    private static final int LEARNT_PER_LIST = 128;

    private final ListParameters parameters;
    private final RowStore rows;
    private final int threads;
    private final Progress progress;
    private long written;

    Learning(ListParameters parameters, RowStore rows, int threads, Progress progress) {
        this.parameters = parameters;
        this.rows = rows;
        this.threads = threads;
        this.progress = progress;
    }

    /** Lists of the rows of some slots. */
    Lists lists(int[] slots, Epochs epochs) {
        int count = parameters.lists(slots.length);
        progress.step("centroids");
        Memory centroids = Memory.of(slots.length == 0 ? new float[rows.dimension()] : centroids(slots, count));
        try {
            int[] assigned = new int[slots.length];
            float[] distances = new float[slots.length];
            progress.step("assignment");
            assign(coarse(centroids, new float[count]), slots, assigned, distances);
            Coarse coarse = coarse(centroids, means(assigned, distances, count));
            float loss = means(new int[slots.length], distances, 1)[0];
            progress.step("code");
            Sample sample = new ListedRows(rows, coarse, slots, assigned);
            BlockCode code = code(sample);
            double codeLoss = code == null ? Double.NaN : Loss.ofSome(code, rows.form(), rows.dimension(), sample);
            Learnt learnt = new Learnt(coarse.quickened(threads), code, codeLoss, loss, slots.length);
            progress.step("lists");
            Lists lists = Lists.empty(learnt, epochs);
            write(lists, slots, assigned);
            return lists;
        } catch (Throwable e) {
            centroids.close();
            throw e;
        }
    }

    private Coarse coarse(Memory centroids, float[] squares) {
        return new Coarse(rows.form(), centroids, squares, rows.dimension(), parameters.links());
    }

    /** The mean distance of each list. */
    private static float[] means(int[] assigned, float[] distances, int count) {
        double[] sums = new double[count];
        int[] sizes = new int[count];
        for (int i = 0; i < assigned.length; i++) {
            sums[assigned[i]] += distances[i];
            sizes[assigned[i]]++;
        }
        float[] means = new float[count];
        for (int list = 0; list < count; list++) {
            means[list] = (float) Math.min(sums[list] / Math.max(1, sizes[list]), Float.MAX_VALUE);
        }
        return means;
    }

    /** By k-means over some of the rows, evenly drawn; under cosine over directions. */
    private float[] centroids(int[] slots, int count) {
        int d = rows.dimension();
        boolean spherical = rows.form() == Form.COSINE;
        int some = (int) Math.min(slots.length, (long) LEARNT_PER_LIST * count);
        try (Memory sample = Memory.allocate((long) some * d * Float.BYTES)) {
            Parallel.run(Math.ceilDiv(some, ROWS_AT_ONCE), threads, piece -> {
                float[] row = new float[d];
                int end = Math.min(some, (piece + 1) * ROWS_AT_ONCE);
                for (int i = piece * ROWS_AT_ONCE; i < end; i++) {
                    rows.get(slots[(int) ((long) i * slots.length / some)], row);
                    double norm = spherical ? Norms.of(row) : 1;
                    put(row, norm == 0 ? 0 : 1 / norm, sample, i);
                }
            });
            KMeans kmeans =
                    new KMeans(count, parameters.iterations(), KMeans.Start.SAMPLE, spherical, parameters.seed());
            return kmeans.of(Rows.of(sample, some, d), threads, clustering(some), () -> false)
                    .centroids();
        }
    }

    private static void put(float[] row, double factor, Memory into, int place) {
        for (int j = 0; j < row.length; j++) {
            row[j] = (float) (row[j] * factor);
        }
        MemorySegment.copy(row, 0, into.segment(), Memory.FLOAT, (long) place * row.length * Float.BYTES, row.length);
    }

    /** Clustering counts its rows; to whoever waits it is the first half of the work. */
    private Progress clustering(int some) {
        long all = (long) some * parameters.iterations();
        return (done, total) -> progress.update(done, 2 * all);
    }

    private @Nullable BlockCode code(Sample sample) {
        return parameters.kind() instanceof CodeKind.Float32
                ? null
                : BlockCodes.learn(parameters.kind(), rows.form(), rows.dimension(), sample, threads);
    }

    /** Finds the list of each row, and how far the row is from its centroid. */
    private void assign(Coarse coarse, int[] slots, int[] assigned, float[] distances) {
        Assigner assigner = new Assigner(coarse, rows);
        Parallel.run(Math.ceilDiv(slots.length, ROWS_AT_ONCE), threads, piece -> {
            int from = piece * ROWS_AT_ONCE;
            assigner.assign(slots, from, Math.min(slots.length, from + ROWS_AT_ONCE), assigned, distances);
        });
    }

    /** Writes rows into their lists, in the order of their slots. */
    private void write(Lists lists, int[] slots, int[] assigned) {
        int[] ends = new int[lists.count()];
        for (int list : assigned) {
            ends[list]++;
        }
        long blocks = 0;
        for (int i = 0; i < ends.length; i++) {
            blocks += Run.blocks(Math.max(1, ends[i]));
            ends[i] += i == 0 ? 0 : ends[i - 1];
        }
        int[] sorted = new int[slots.length];
        int[] next = new int[ends.length];
        System.arraycopy(ends, 0, next, Math.min(1, ends.length), ends.length - 1);
        next[0] = 0;
        for (int i = 0; i < slots.length; i++) {
            sorted[next[assigned[i]]++] = slots[i];
        }
        lists.reserve(blocks);
        for (int i = 0; i < ends.length; i++) {
            lists.reserve(i, ends[i] - (i == 0 ? 0 : ends[i - 1]));
        }
        Parallel.run(
                ends.length, threads, list -> fill(lists, list, sorted, list == 0 ? 0 : ends[list - 1], ends[list]));
    }

    private void fill(Lists lists, int list, int[] slots, int from, int to) {
        Lists.Writer writer = lists.new Writer();
        float[] row = new float[rows.dimension()];
        writer.begin(list);
        for (int i = from; i < to; i++) {
            rows.get(slots[i], row);
            writer.add(list, slots[i], row);
        }
        written(to - from, slots.length);
    }

    private synchronized void written(int some, int all) {
        written += some;
        progress.update(all + written, 2L * all);
    }
}
