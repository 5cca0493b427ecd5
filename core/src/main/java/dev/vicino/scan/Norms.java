package dev.vicino.scan;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The Euclidean norms of all rows, as floats off the heap, and which rows are extreme: beyond what single precision can square
 * and add without overflow, or so small that their squares vanish.
 *
 * @param norms ‖x‖ rounded to float, one a row; 1/‖x‖ of that float where {@code inverse}, 0 for a zero row
 * @param inverse whether the norms are stored inverted
 * @param extremes ordinals of the extreme rows, rising
 */
public record Norms(Memory norms, boolean inverse, int[] extremes) {
    /** Up to this norm the product of two rows, and their squared distance, stays below 2¹²² and cannot overflow. */
    static final double LARGEST = 0x1p60;

    /** Down to this norm the terms of a sum of products that fall below 2⁻¹⁴⁹ and vanish are too small to matter in it. */
    static final double SMALLEST = 0x1p-40;

    /** Whether a norm is beyond single precision; a zero row is not, its products are exactly 0. */
    static boolean isExtreme(double norm) {
        return norm > LARGEST || (norm < SMALLEST && norm != 0);
    }

    static double of(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /**
     * Computes the norms of all rows, in double precision.
     *
     * @throws IllegalArgumentException for a value that is not finite, naming row and column
     */
    public static Norms compute(Rows rows, boolean inverse, Progress progress) {
        Memory norms = Memory.allocate((long) rows.size() * Float.BYTES);
        int[] extremes = new int[4];
        int extremeCount = 0;
        float[] row = new float[rows.dimension()];
        for (int r = 0; r < rows.size(); r++) {
            MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(r), row, 0, row.length);
            double norm = of(row);
            if (!(norm < Double.POSITIVE_INFINITY)) {
                norms.close();
                throw notFinite(row, r);
            }
            if (isExtreme(norm)) {
                if (extremeCount == extremes.length) {
                    extremes = Arrays.copyOf(extremes, 2 * extremeCount);
                }
                extremes[extremeCount++] = r;
            }
            float stored = (float) norm;
            norms.segment().set(Memory.FLOAT, (long) r * Float.BYTES, inverse && norm != 0 ? 1 / stored : stored);
            if (r % 4096 == 0) {
                progress.update(r, rows.size());
            }
        }
        return new Norms(norms, inverse, Arrays.copyOf(extremes, extremeCount));
    }

    private static IllegalArgumentException notFinite(float[] row, int r) {
        int column = 0;
        while (Float.isFinite(row[column])) {
            column++;
        }
        return new IllegalArgumentException(
                "row " + r + ", column " + column + " is " + row[column] + ", expected a finite number");
    }
}
