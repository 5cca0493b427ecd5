package dev.vicino.kernel;

import java.util.Arrays;

/** Plain loops. */
final class ScalarProductKernels implements ProductKernels {
    private static final int GROUP = 32;

    @Override
    public int groupSize() {
        return GROUP;
    }

    @Override
    public void products(float[] queries, int group, float[] rows, int count, int d, float[] out) {
        Arrays.fill(out, 0, count * GROUP, 0);
        for (int r = 0; r < count; r++) {
            for (int i = 0; i < d; i++) {
                addProducts(rows[r * d + i], queries, group + i * GROUP, out, r * GROUP);
            }
        }
    }

    private static void addProducts(float x, float[] q, int from, float[] sums, int to) {
        for (int j = 0; j < GROUP; j++) {
            sums[to + j] += x * q[from + j];
        }
    }

    @Override
    public void tables(float[] values, int[] starts, float[] codebooks, int size, float[] out) {
        Arrays.fill(out, 0, (starts.length - 1) * size, 0);
        for (int part = 0; part < starts.length - 1; part++) {
            for (int i = starts[part]; i < starts[part + 1]; i++) {
                for (int v = 0; v < size; v++) {
                    out[part * size + v] += values[i] * codebooks[i * size + v];
                }
            }
        }
    }

    @Override
    public void least(float[] products, int count, float[] offsets, int group, float[] least, int[] groupOf) {
        for (int place = 0; place < count * GROUP; place++) {
            float value = offsets[group * GROUP + place % GROUP] - products[place];
            if (value < least[place]) {
                least[place] = value;
                groupOf[place] = group;
            }
        }
    }

    @Override
    public int bounded(
            float[] products,
            int count,
            float[] scales,
            float[] terms,
            float[] factors,
            float[] offsets,
            float[] thresholds,
            int query,
            float[] lower,
            int[] places) {
        int found = 0;
        for (int r = 0; r < count; r++) {
            for (int j = 0; j < GROUP; j++) {
                int place = r * GROUP + j;
                lower[place] = products[place] * scales[r] + (terms[r] * factors[query + j] + offsets[query + j]);
                if (lower[place] <= thresholds[query + j]) {
                    places[found++] = place;
                }
            }
        }
        return found;
    }
}
