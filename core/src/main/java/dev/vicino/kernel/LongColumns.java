package dev.vicino.kernel;

import java.util.Arrays;

/** Sums of long rows that lie column by column, value by value in the order of {@link RowKernels}: trees of so many dimensions have no use. */
final class LongColumns {
    private static final int HALF = RowKernels.PARTIAL_SUMS;

    private LongColumns() {}

    static void sum(ColumnSum kind, float[] query, float[] low, float[] high, int stride, float[] out) {
        int whole = query.length - query.length % (2 * HALF);
        float[] sums = new float[2 * HALF];
        for (int entry = 0; entry < stride; entry++) {
            Arrays.fill(sums, 0);
            for (int c = 0; c < whole; c++) {
                add(kind, query[c], low[c * stride + entry], high[c * stride + entry], sums, c % (2 * HALF));
            }
            fold(sums, HALF);
            for (int c = whole; c < query.length; c++) {
                add(kind, query[c], low[c * stride + entry], high[c * stride + entry], sums, (c - whole) % HALF);
            }
            for (int half = HALF / 2; half > 0; half /= 2) {
                fold(sums, half);
            }
            out[entry] = sums[0];
        }
    }

    private static void fold(float[] sums, int half) {
        for (int j = 0; j < half; j++) {
            sums[j] += sums[j + half];
        }
    }

    private static void add(ColumnSum kind, float q, float low, float high, float[] sums, int at) {
        float outside = Math.max(0, Math.max(low - q, q - high));
        sums[at] = switch (kind) {
            case DOT -> Math.fma(low, q, sums[at]);
            case SQUARED_L2 -> Math.fma(low - q, low - q, sums[at]);
            case L1 -> sums[at] + Math.abs(low - q);
            case GREATEST_DOT -> Math.fma(q < 0 ? low : high, q, sums[at]);
            case LEAST_SQUARED_L2 -> Math.fma(outside, outside, sums[at]);
            case LEAST_L1 -> sums[at] + outside;
        };
    }
}
