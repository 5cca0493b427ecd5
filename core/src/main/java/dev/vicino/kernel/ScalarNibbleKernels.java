package dev.vicino.kernel;

import static dev.vicino.memory.Memory.FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** Plain loops. */
final class ScalarNibbleKernels implements NibbleKernels {
    @Override
    public void sums(
            byte[] tables,
            int planes,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            short[] scratch,
            int[] out) {
        for (int row = 0; row < blocks * ROWS; row++) {
            long block = at + row / ROWS * blockBytes;
            int sum = 0;
            for (int plane = 0; plane < planes; plane++) {
                sum += sum(tables, base, block + (long) plane * tables.length, row % ROWS) << plane;
            }
            out[row] = sum;
        }
    }

    private static int sum(byte[] tables, MemorySegment base, long plane, int row) {
        int shift = row < LINE ? 0 : 4;
        int sum = 0;
        for (int line = 0; line < tables.length; line += LINE) {
            int nibble = base.get(JAVA_BYTE, plane + line + NibbleKernels.place(row)) >>> shift & 15;
            sum += tables[line + nibble] & 0xff;
        }
        return sum;
    }

    @Override
    public void estimates(
            int[] sums,
            float step,
            float bias,
            float offset,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            float[] out) {
        for (int row = 0; row < blocks * ROWS; row++) {
            long constant = at + row / ROWS * blockBytes + (long) row % ROWS * Float.BYTES;
            float factor = base.get(FLOAT, constant + ROWS * Float.BYTES);
            out[row] = offset + base.get(FLOAT, constant) + factor * (step * sums[row] + bias);
        }
    }
}
