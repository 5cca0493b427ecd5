package dev.vicino.code;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;

/** Rows as exact search has them, to compare codes with. */
record ExactRows(Memory memory, Norms norms, Distances distances) implements AutoCloseable {
    static ExactRows of(Form form, float[][] rows) {
        int d = rows[0].length;
        Memory memory = Memory.allocate(4L * rows.length * d);
        for (int r = 0; r < rows.length; r++) {
            MemorySegment.copy(rows[r], 0, memory.segment(), Memory.FLOAT, 4L * r * d, d);
        }
        Rows all = Rows.of(memory, rows.length, d);
        Norms norms = Norms.compute(all, form == Form.COSINE, Progress.NONE);
        return new ExactRows(memory, norms, Distances.of(form, all, norms));
    }

    float distance(float[] query, int row) {
        return distances.compute(distances.prepare(query, null), row);
    }

    @Override
    public void close() {
        norms.memory().close();
        memory.close();
    }
}
