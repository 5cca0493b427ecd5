package dev.vicino.scan;

import dev.vicino.kernel.Codes;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ShortKernels;
import dev.vicino.kernel.ShortKernels.RowTerms;
import dev.vicino.scan.PruningCodes.Prefix;
import java.util.Arrays;

/**
 * Turns the codes of prefixes into whole numbers that are short in every segment, for {@link PrunedBatch}. Not safe for use by several
 * threads.
 */
final class PrefixDecoder {
    /** Ratios are at most 179, codes 127: their product in fixed point has 31 bits. */
    private static final int FIXED_BITS = 16;

    private static final int FIXED_POINT = 1 << FIXED_BITS;

    private static final ShortKernels KERNELS = Kernels.BEST.shorts();

    private final Int8Codes codes;
    private final Prefix prefix;
    private final int p;
    private final byte[] block;
    /** For every place of a block's line, the place of that value in a row of shorts. */
    private final int[] places;

    private final short[] row;

    /** The block of rows that was read last. */
    private int loaded = -1;

    PrefixDecoder(Prefix prefix) {
        this.prefix = prefix;
        this.codes = prefix.codes();
        this.p = prefix.components();
        this.block = new byte[p * Codes.BLOCK];
        this.places = new int[p];
        this.row = new short[p];
        for (int i = 0; i < p; i++) {
            places[codes.codes.layout().place(p, i)] = SegmentedShorts.place(i, p);
        }
    }

    /** Writes {@code count} rows from {@code from} on, p values each, and their scales, errors and tails. Extreme rows have scale NaN. */
    void decode(int from, int count, short[] out, RowTerms terms) {
        codes.scales.get(from, terms.scales(), count);
        prefix.tails().get(from, terms.tails(), count);
        for (int r = 0; r < count; r++) {
            float scale = terms.scales()[r];
            if (Float.isNaN(scale)) {
                Arrays.fill(out, r * p, (r + 1) * p, (short) 0);
            } else {
                read(from + r);
                shorten(scale, out, r, terms);
            }
        }
    }

    /** The codes of a row, in the places that shorts have. */
    private void read(int ordinal) {
        if (ordinal / Codes.BLOCK != loaded) {
            loaded = ordinal / Codes.BLOCK;
            codes.memory.get((long) loaded * block.length, block);
        }
        int lane = ordinal % Codes.BLOCK;
        for (int i = 0; i < p; i++) {
            row[places[i]] = block[i * Codes.BLOCK + lane];
        }
    }

    /**
     * Whole numbers c of the code k, such that scale·k is about a·c with a the scale that just holds the longest segment. The error
     * ‖scale·k − a·c‖ follows from three sums of whole numbers, and that of the code is added.
     */
    private void shorten(float scale, short[] out, int r, RowTerms terms) {
        int segment = p / SegmentedShorts.segments(p);
        int longest = 1;
        int codeSquare = 0;
        for (int from = 0; from < p; from += segment) {
            int square = KERNELS.dot(row, from, row, from, segment);
            longest = Math.max(longest, square);
            codeSquare += square;
        }
        double ratio = (SegmentedShorts.LONGEST - 2) / Math.sqrt(longest);
        multiply(ratio, out, r * p);
        while (!SegmentedShorts.fit(out, r * p, p)) {
            ratio *= 0.99; // rounding lengthened a segment
            multiply(ratio, out, r * p);
        }
        float a = (float) (scale / ratio);
        double mixed = KERNELS.dot(row, 0, out, r * p, p);
        double square = KERNELS.dot(out, r * p, out, r * p, p);
        double error = (double) scale * scale * codeSquare - 2.0 * scale * a * mixed + (double) a * a * square;
        double rounding = 0x1p-48 * scale * scale * codeSquare;
        terms.scales()[r] = a;
        terms.errors()[r] = PruningCodes.up(Math.sqrt(Math.max(0, error) + rounding) + scale * codes.facts.maxError);
    }

    /** Rounds values·ratio in fixed point, which the JIT vectorises; half a unit more or less is part of the error. */
    private void multiply(double ratio, short[] out, int to) {
        int factor = (int) Math.rint(ratio * FIXED_POINT);
        for (int i = 0; i < p; i++) {
            out[to + i] = (short) ((row[i] * factor + FIXED_POINT / 2) >> FIXED_BITS);
        }
    }
}
