package dev.vicino.kernel;

/** Plain loops. */
final class ScalarShortKernels implements ShortKernels {
    private static final int GROUP = 32;

    @Override
    public int dot(short[] a, int aFrom, short[] b, int bFrom, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }

    @Override
    public int groupSize() {
        return GROUP;
    }

    @Override
    public void products(
            short[] queries, int group, short[] rows, int count, int d, int segment, int shift, short[] out) {
        for (int r = 0; r < count; r++) {
            for (int j = 0; j < GROUP; j++) {
                int sum = 0;
                for (int from = 0; from < d; from += segment) {
                    int part = 0;
                    for (int i = from; i < from + segment; i++) {
                        part += rows[r * d + i] * queries[group + i * GROUP + j];
                    }
                    sum += part >> shift;
                }
                out[r * GROUP + j] = (short) sum;
            }
        }
    }

    @Override
    public int bounded(
            short[] products,
            int count,
            RowTerms rows,
            QueryTerms queries,
            int query,
            int first,
            float[] lower,
            int[] places) {
        int end = first;
        for (int r = 0; r < count; r++) {
            for (int j = 0; j < GROUP; j++) {
                int q = query + j;
                float rest = queries.offsets()[q] + rows.terms()[r];
                float product =
                        rows.scales()[r] * (queries.factors()[q] * products[r * GROUP + j] + queries.margins()[q]);
                float error = rows.errors()[r] * queries.errorFactors()[q] + rows.tails()[r] * queries.tailFactors()[q];
                float bound = rest - product - error;
                if (bound <= queries.thresholds()[q]) {
                    lower[end] = bound;
                    places[end++] = r * GROUP + j;
                }
            }
        }
        return end;
    }
}
