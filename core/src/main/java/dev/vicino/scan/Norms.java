package dev.vicino.scan;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The Euclidean norms of all rows, as floats off the heap, and which rows are <em>extreme</em>: so long that single precision
 * cannot square and add them without overflow, or so short that their squares vanish.
 *
 * <p>A norm is computed in double precision and rounded to float; 1/‖x‖ is the inverse of that float, 0 for a zero row. Readers may
 * be many while nobody writes.
 */
public final class Norms {
    /** Up to this norm the product of two rows, and their squared distance, stays below 2¹²² and cannot overflow. */
    static final double LARGEST = 0x1p60;

    /** Down to this norm the terms of a sum of products that fall below 2⁻¹⁴⁹ and vanish are too small to matter in it. */
    static final double SMALLEST = 0x1p-40;

    private final Memory memory;
    private final boolean inverse;
    private int[] extremes;
    private int extremeCount;

    private Norms(Memory memory, boolean inverse, int[] extremes, int extremeCount) {
        this.memory = memory;
        this.inverse = inverse;
        this.extremes = extremes;
        this.extremeCount = extremeCount;
    }

    /**
     * Norms that were computed before.
     *
     * @param memory one float a row
     * @param inverse whether these are 1/‖x‖
     * @param extremes ordinals of the extreme rows, rising
     */
    public static Norms of(Memory memory, boolean inverse, int[] extremes) {
        return new Norms(memory, inverse, extremes, extremes.length);
    }

    /** Room for the norms of rows to come. */
    public static Norms empty(int capacity, boolean inverse) {
        return new Norms(Memory.allocate((long) capacity * Float.BYTES), inverse, new int[0], 0);
    }

    /**
     * Computes the norms of all rows.
     *
     * @throws IllegalArgumentException for a value that is not finite, naming row and column
     */
    public static Norms compute(Rows rows, boolean inverse, Progress progress) {
        Norms norms = empty(rows.size(), inverse);
        try {
            float[] row = new float[rows.dimension()];
            for (int r = 0; r < rows.size(); r++) {
                MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(r), row, 0, row.length);
                if (!(of(row) < Double.POSITIVE_INFINITY)) {
                    throw notFinite("row " + r, row);
                }
                norms.set(r, row);
                if (r % 4096 == 0) {
                    progress.update(r, rows.size());
                }
            }
            return norms;
        } catch (Throwable e) {
            norms.memory.close();
            throw e;
        }
    }

    /** ‖x‖; infinite or NaN just where a value is. */
    public static double of(float[] values) {
        double even = 0; // two sums, since each addition waits for the one before
        double odd = 0;
        int i = 0;
        for (; i < values.length - 1; i += 2) {
            even += (double) values[i] * values[i];
            odd += (double) values[i + 1] * values[i + 1];
        }
        if (i < values.length) {
            even += (double) values[i] * values[i];
        }
        return Math.sqrt(even + odd);
    }

    /** What to say of a vector with a value that is not finite. */
    public static IllegalArgumentException notFinite(String what, float[] values) {
        int column = 0;
        while (Float.isFinite(values[column])) {
            column++;
        }
        return new IllegalArgumentException(
                what + ", column " + column + " is " + values[column] + ", expected a finite number");
    }

    /** Whether a norm is extreme; that of a zero row is not, its products are exactly 0. */
    public static boolean isExtreme(double norm) {
        return norm > LARGEST || (norm < SMALLEST && norm != 0);
    }

    /** Stores the norm of a row; rows come in rising order. */
    public void set(int row, float[] values) {
        if (store(row, values)) {
            if (extremeCount == extremes.length) {
                extremes = Arrays.copyOf(extremes, Math.max(4, 2 * extremeCount));
            }
            extremes[extremeCount++] = row;
        }
    }

    /**
     * Stores the norm of any row, again where it was stored before.
     *
     * @return whether the row is extreme; the caller keeps account of that
     */
    public boolean store(int row, float[] values) {
        double norm = of(values);
        memory.put(row, stored(norm, inverse));
        return isExtreme(norm);
    }

    /** What is kept of a norm: the float next to it, or the inverse of that. */
    public static float stored(double norm, boolean inverse) {
        float rounded = (float) norm;
        return inverse && norm != 0 ? 1 / rounded : rounded;
    }

    /** A copy with room for more rows; this one is left as it is. */
    public Norms copy(int size, int capacity) {
        Norms copy = new Norms(Memory.allocate((long) capacity * Float.BYTES), inverse, extremes, extremeCount);
        copy.memory.copyFrom(memory, (long) size * Float.BYTES);
        return copy;
    }

    /** The norms, one float a row. */
    public Memory memory() {
        return memory;
    }

    /** Ordinals of the extreme rows, rising. */
    public int[] extremes() {
        return Arrays.copyOf(extremes, extremeCount);
    }

    /** Whether a row is listed as extreme. */
    public boolean isExtremeRow(int row) {
        return nextExtreme(row) == row;
    }

    public boolean hasExtremes() {
        return extremeCount > 0;
    }

    /** The first extreme row from {@code row} on; {@link Integer#MAX_VALUE} where there is none. */
    int nextExtreme(int row) {
        int place = Arrays.binarySearch(extremes, 0, extremeCount, row);
        int next = place < 0 ? -place - 1 : place;
        return next < extremeCount ? extremes[next] : Integer.MAX_VALUE;
    }

    /** Norms of rows {@code from} on, into {@code out[0, count)}. */
    void copyTo(int from, int count, float[] out) {
        memory.get(from, out, count);
    }
}
