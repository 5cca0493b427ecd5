package dev.vicino.kernel;

/** Row by row, added in the order of {@link ScalarRowKernels}. */
final class ScalarColumnKernels implements ColumnKernels {
    private static final int MOST_SUMS = ScalarRowKernels.LANES;

    @Override
    public void dot(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.DOT, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void squaredL2(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.SQUARED_L2, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void l1(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.L1, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void greatestDot(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.GREATEST_DOT, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastSquaredL2(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.LEAST_SQUARED_L2, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastL1(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.LEAST_L1, query, low, high, stride, out, scratch);
    }

    private static void sum(
            ColumnSum kind, float[] query, float[] low, float[] high, int stride, float[] out, float[] waiting) {
        int partialSums = ColumnSum.partialSums(query.length, MOST_SUMS);
        for (int entry = 0; entry < stride; entry++) {
            for (int i = 0; i < partialSums; i++) {
                float sum = 0;
                for (int c = ColumnSum.inTurn(i, partialSums); c < query.length; c += MOST_SUMS) {
                    sum += term(kind, query[c], low[c * stride + entry], high[c * stride + entry]);
                }
                int level = 0;
                for (int rest = i; (rest & 1) != 0; rest >>= 1) {
                    sum = waiting[level++] + sum;
                }
                waiting[level] = sum;
                out[entry] = sum;
            }
        }
    }

    private static float term(ColumnSum kind, float q, float low, float high) {
        return switch (kind) {
            case DOT -> low * q;
            case SQUARED_L2 -> (low - q) * (low - q);
            case L1 -> Math.abs(low - q);
            case GREATEST_DOT -> (q < 0 ? low : high) * q;
            case LEAST_SQUARED_L2 -> outside(q, low, high) * outside(q, low, high);
            case LEAST_L1 -> outside(q, low, high);
        };
    }

    private static float outside(float q, float low, float high) {
        return Math.max(0, Math.max(low - q, q - high));
    }

    @Override
    public long atMost(float[] values, int count, float threshold) {
        long found = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] <= threshold) {
                found |= 1L << i;
            }
        }
        return found;
    }
}
