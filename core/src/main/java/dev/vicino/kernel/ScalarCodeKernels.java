package dev.vicino.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Plain loops. */
final class ScalarCodeKernels implements CodeKernels {
    @Override
    public void dot(short[] query, Codes codes, int from, int count, int[] out) {
        byte[] row = new byte[codes.width()];
        for (int r = 0; r < count; r++) {
            MemorySegment.copy(codes.base(), JAVA_BYTE, codes.at(from + r), row, 0, row.length);
            int sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += row[i] * query[i];
            }
            out[r] = sum;
        }
    }

    @Override
    public void dotPairs(short[] queries, int[] lanes, Codes codes, int[] rows, int count, int[] out) {
        int width = codes.width();
        byte[] row = new byte[width];
        for (int pair = 0; pair < count; pair++) {
            MemorySegment.copy(codes.base(), JAVA_BYTE, codes.at(rows[pair]), row, 0, width);
            int sum = 0;
            for (int i = 0; i < width; i++) {
                sum += row[i] * queries[lanes[pair] * width + i];
            }
            out[pair] = sum;
        }
    }

    @Override
    public void dotBlocks(short[] query, Codes codes, int from, int count, int[] out) {
        int width = codes.width();
        byte[] block = new byte[width * Codes.BLOCK];
        Arrays.fill(out, 0, Math.ceilDiv(count, Codes.BLOCK) * Codes.BLOCK, 0);
        for (int r = 0; r < count; r += Codes.BLOCK) {
            MemorySegment.copy(codes.base(), JAVA_BYTE, codes.at(from + r), block, 0, block.length);
            for (int i = 0; i < width; i++) {
                for (int lane = 0; lane < Codes.BLOCK; lane++) {
                    out[r + lane] += block[i * Codes.BLOCK + lane] * query[i];
                }
            }
        }
    }

    @Override
    public void l1(short[] query, Codes codes, int from, int count, int[] out) {
        byte[] row = new byte[codes.width()];
        for (int r = 0; r < count; r++) {
            MemorySegment.copy(codes.base(), JAVA_BYTE, codes.at(from + r), row, 0, row.length);
            int sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += Math.abs(row[i] - query[i]);
            }
            out[r] = sum;
        }
    }

    @Override
    public void bounds(
            int[] sums,
            int count,
            float[] scales,
            float[] terms,
            float[] tails,
            float factor,
            float margin,
            float tail,
            float offset,
            float[] lower) {
        for (int i = 0; i < count; i++) {
            float rest = offset + terms[i] - tails[i] * tail;
            lower[i] = rest - scales[i] * (factor * sums[i] + margin);
        }
    }

    @Override
    public boolean areFast() {
        return false;
    }
}
