package dev.vicino.kernel;

/** Row by row, added in the order of {@link ScalarRowKernels}. */
final class ScalarColumnKernels implements ColumnKernels {
    private static final int MOST_SUMS = ScalarRowKernels.LANES;

    @Override
    public void dot(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum((q, x, same) -> x * q, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void squaredL2(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum((q, x, same) -> (x - q) * (x - q), query, columns, columns, stride, out, scratch);
    }

    @Override
    public void l1(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum((q, x, same) -> Math.abs(x - q), query, columns, columns, stride, out, scratch);
    }

    @Override
    public void greatestDot(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum((q, least, most) -> (q < 0 ? least : most) * q, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastSquaredL2(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        Term squared = (q, least, most) -> outside(q, least, most) * outside(q, least, most);
        sum(squared, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastL1(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ScalarColumnKernels::outside, query, low, high, stride, out, scratch);
    }

    private static float outside(float q, float low, float high) {
        return Math.max(0, Math.max(low - q, q - high));
    }

    /** What a value of the query and those of an entry in the same column add to its sum. */
    private interface Term {
        float of(float q, float low, float high);
    }

    private static void sum(
            Term term, float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, MOST_SUMS);
        for (int entry = 0; entry < stride; entry++) {
            for (int i = 0; i < sums; i++) {
                float sum = 0;
                for (int c = i; c < query.length; c += MOST_SUMS) {
                    sum += term.of(query[c], low[c * stride + entry], high[c * stride + entry]);
                }
                scratch[i] = sum;
            }
            for (int half = sums / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    scratch[i] += scratch[i + half];
                }
            }
            out[entry] = scratch[0];
        }
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
