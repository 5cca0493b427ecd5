package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.code.BlockCodes;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Sample;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import org.jspecify.annotations.Nullable;

/** Learns centroids and a code from rows, and writes the rows into lists. */
final class Learning {
    /** Rows that are assigned together. */
    private static final int ROWS_AT_ONCE = 1024;

    private final ListParameters parameters;
    private final RowStore rows;
    private final int threads;
    private final Progress progress;

    Learning(ListParameters parameters, RowStore rows, int threads, Progress progress) {
        this.parameters = parameters;
        this.rows = rows;
        this.threads = threads;
        this.progress = progress;
    }

    /** Lists of the rows of some slots. */
    Lists lists(int[] slots, Epochs epochs) {
        Coarse coarse = coarse(slots);
        try {
            int[] assigned = new int[slots.length];
            double loss = assign(coarse, slots, assigned);
            BlockCode code = code(rows.sample(slots));
            Lists lists = Lists.empty(new Learnt(coarse, code, (float) loss, slots.length), epochs);
            write(lists, slots, assigned);
            return lists;
        } catch (Throwable e) {
            coarse.memory().close();
            throw e;
        }
    }

    private Coarse coarse(int[] slots) {
        int count = parameters.lists(slots.length);
        Memory memory = Memory.allocate((long) count * rows.dimension() * Float.BYTES);
        float[] row = new float[rows.dimension()];
        for (int i = 0; i < count && slots.length > 0; i++) {
            rows.get(slots[(int) ((long) i * slots.length / count)], row);
            double norm = rows.form() == Form.COSINE ? Norms.of(row) : 1;
            for (int j = 0; j < row.length; j++) {
                memory.put((long) i * row.length + j, (float) (norm == 0 ? 0 : row[j] / norm));
            }
        }
        return new Coarse(rows.form(), memory, count, rows.dimension());
    }

    private @Nullable BlockCode code(Sample sample) {
        return parameters.kind() instanceof CodeKind.Float32
                ? null
                : BlockCodes.learn(parameters.kind(), rows.form(), rows.dimension(), sample);
    }

    /** Finds the list of each row; tells how far rows are from their centroids on average. */
    private double assign(Coarse coarse, int[] slots, int[] assigned) {
        int pieces = Math.ceilDiv(slots.length, ROWS_AT_ONCE);
        double[] losses = new double[pieces];
        Parallel.run(pieces, threads, piece -> {
            Coarse.Ranking ranking = coarse.new Ranking();
            float[] row = new float[rows.dimension()];
            int end = Math.min(slots.length, (piece + 1) * ROWS_AT_ONCE);
            for (int i = piece * ROWS_AT_ONCE; i < end; i++) {
                rows.get(slots[i], row);
                assigned[i] = ranking.assign(row);
                losses[piece] += ranking.distance(assigned[i]);
            }
        });
        double loss = 0;
        for (double some : losses) {
            loss += some;
        }
        return Math.min(loss / Math.max(1, slots.length), Float.MAX_VALUE);
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
        progress.update(to, slots.length);
    }
}
