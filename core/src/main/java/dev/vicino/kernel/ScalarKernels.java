package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The kernels as plain loops: the specification of {@link SimdKernels}, and what runs where the Vector API is missing.
 *
 * <p>A row is copied to an array and summed in {@value #LANES} independent sums, because the JIT vectorises a loop over arrays
 * whose iterations do not depend on each other, and never the sum of a row in one variable.
 */
public final class ScalarKernels implements Kernels {
    private static final int LANES = 64;
    private static final int GROUP = 32;

    @Override
    public void dot(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        float[] row = new float[d];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            copy(rows, from + r, row);
            Arrays.fill(sums, 0);
            int i = 0;
            for (; i <= d - LANES; i += LANES) {
                addProducts(row, query, i, LANES, sums);
            }
            addProducts(row, query, i, d - i, sums);
            out[r] = fold(sums);
        }
    }

    @Override
    public void squaredL2(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        float[] row = new float[d];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            copy(rows, from + r, row);
            Arrays.fill(sums, 0);
            int i = 0;
            for (; i <= d - LANES; i += LANES) {
                addSquares(row, query, i, LANES, sums);
            }
            addSquares(row, query, i, d - i, sums);
            out[r] = fold(sums);
        }
    }

    @Override
    public void l1(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        float[] row = new float[d];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            copy(rows, from + r, row);
            Arrays.fill(sums, 0);
            int i = 0;
            for (; i <= d - LANES; i += LANES) {
                addDifferences(row, query, i, LANES, sums);
            }
            addDifferences(row, query, i, d - i, sums);
            out[r] = fold(sums);
        }
    }

    private static void addProducts(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            sums[j] += x[from + j] * q[from + j];
        }
    }

    private static void addSquares(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            float difference = x[from + j] - q[from + j];
            sums[j] += difference * difference;
        }
    }

    private static void addDifferences(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            sums[j] += Math.abs(x[from + j] - q[from + j]);
        }
    }

    private static float fold(float[] sums) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                sums[j] += sums[j + half];
            }
        }
        return sums[0];
    }

    private static void copy(Rows rows, int row, float[] into) {
        MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(row), into, 0, into.length);
    }

    @Override
    public int atMost(float[] values, int count, float threshold, int[] positions) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] <= threshold) {
                positions[found++] = i;
            }
        }
        return found;
    }

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

    @Override
    public void dotCodes(short[] query, Codes codes, int from, int count, int[] out) {
        byte[] row = new byte[codes.width()];
        for (int r = 0; r < count; r++) {
            MemorySegment.copy(codes.base(), ValueLayout.JAVA_BYTE, codes.at(from + r), row, 0, row.length);
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
            MemorySegment.copy(codes.base(), ValueLayout.JAVA_BYTE, codes.at(rows[pair]), row, 0, width);
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
            MemorySegment.copy(codes.base(), ValueLayout.JAVA_BYTE, codes.at(from + r), block, 0, block.length);
            for (int i = 0; i < width; i++) {
                for (int lane = 0; lane < Codes.BLOCK; lane++) {
                    out[r + lane] += block[i * Codes.BLOCK + lane] * query[i];
                }
            }
        }
    }

    @Override
    public void l1Codes(short[] query, Codes codes, int from, int count, int[] out) {
        byte[] row = new byte[codes.width()];
        for (int r = 0; r < count; r++) {
            MemorySegment.copy(codes.base(), ValueLayout.JAVA_BYTE, codes.at(from + r), row, 0, row.length);
            int sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += Math.abs(row[i] - query[i]);
            }
            out[r] = sum;
        }
    }

    @Override
    public void boundCodes(
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
    public int dot(short[] a, int aFrom, short[] b, int bFrom, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }

    @Override
    public int shortGroupSize() {
        return GROUP;
    }

    @Override
    public void shortProducts(
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
    public int shortBounded(
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

    @Override
    public boolean hasFastCodes() {
        return false;
    }

    @Override
    public String description() {
        return "scalar";
    }
}
