package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I16;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.S2I;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API. */
final class SimdShortKernels implements ShortKernels {
    private static final int GROUP = 2 * I16.length();

    /** As many shorts as there are floats in a vector. */
    private static final VectorSpecies<Short> I16_HALF =
            VectorShape.forBitSize(F32.vectorBitSize() / 2).withLanes(short.class);

    private static final IntVector IOTA = IntVector.zero(I32).addIndex(1);

    @Override
    public int dot(short[] a, int aFrom, short[] b, int bFrom, int count) {
        IntVector sums = IntVector.zero(I32);
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            Vector<Integer> x = ShortVector.fromArray(I16_HALF, a, aFrom + i).convertShape(S2I, I32, 0);
            sums = sums.add(x.mul(ShortVector.fromArray(I16_HALF, b, bFrom + i).convertShape(S2I, I32, 0)));
        }
        int sum = sums.reduceLanes(ADD);
        for (; i < count; i++) {
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
        for (int from = 0; from < d; from += segment) {
            for (int r = 0; r < count; r += TILE_ROWS) {
                if (from == 0) {
                    Arrays.fill(out, r * GROUP, (r + TILE_ROWS) * GROUP, (short) 0);
                }
                tile(queries, group + from * GROUP, rows, r * d + from, d, segment, shift, out, r * GROUP);
            }
        }
    }

    private static void tile(
            short[] queries, int group, short[] rows, int row0, int d, int count, int shift, short[] out, int to) {
        int lanes = I16.length();
        ShortVector zero = ShortVector.zero(I16);
        ShortVector a0 = zero;
        ShortVector a1 = zero;
        ShortVector b0 = zero;
        ShortVector b1 = zero;
        ShortVector c0 = zero;
        ShortVector c1 = zero;
        ShortVector d0 = zero;
        ShortVector d1 = zero;
        ShortVector e0 = zero;
        ShortVector e1 = zero;
        ShortVector f0 = zero;
        ShortVector f1 = zero;
        int row1 = row0 + d;
        int row2 = row1 + d;
        int row3 = row2 + d;
        int row4 = row3 + d;
        int row5 = row4 + d;
        for (int i = 0, q = group; i < count; i++, q += GROUP) {
            ShortVector q0 = ShortVector.fromArray(I16, queries, q);
            ShortVector q1 = ShortVector.fromArray(I16, queries, q + lanes);
            ShortVector x = ShortVector.broadcast(I16, rows[row0 + i]);
            a0 = a0.add(x.mul(q0));
            a1 = a1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row1 + i]);
            b0 = b0.add(x.mul(q0));
            b1 = b1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row2 + i]);
            c0 = c0.add(x.mul(q0));
            c1 = c1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row3 + i]);
            d0 = d0.add(x.mul(q0));
            d1 = d1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row4 + i]);
            e0 = e0.add(x.mul(q0));
            e1 = e1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row5 + i]);
            f0 = f0.add(x.mul(q0));
            f1 = f1.add(x.mul(q1));
        }
        ShortVector.fromArray(I16, out, to).add(a0.lanewise(ASHR, shift)).intoArray(out, to);
        ShortVector.fromArray(I16, out, to + lanes)
                .add(a1.lanewise(ASHR, shift))
                .intoArray(out, to + lanes);
        ShortVector.fromArray(I16, out, to + 2 * lanes)
                .add(b0.lanewise(ASHR, shift))
                .intoArray(out, to + 2 * lanes);
        ShortVector.fromArray(I16, out, to + 3 * lanes)
                .add(b1.lanewise(ASHR, shift))
                .intoArray(out, to + 3 * lanes);
        ShortVector.fromArray(I16, out, to + 4 * lanes)
                .add(c0.lanewise(ASHR, shift))
                .intoArray(out, to + 4 * lanes);
        ShortVector.fromArray(I16, out, to + 5 * lanes)
                .add(c1.lanewise(ASHR, shift))
                .intoArray(out, to + 5 * lanes);
        ShortVector.fromArray(I16, out, to + 6 * lanes)
                .add(d0.lanewise(ASHR, shift))
                .intoArray(out, to + 6 * lanes);
        ShortVector.fromArray(I16, out, to + 7 * lanes)
                .add(d1.lanewise(ASHR, shift))
                .intoArray(out, to + 7 * lanes);
        ShortVector.fromArray(I16, out, to + 8 * lanes)
                .add(e0.lanewise(ASHR, shift))
                .intoArray(out, to + 8 * lanes);
        ShortVector.fromArray(I16, out, to + 9 * lanes)
                .add(e1.lanewise(ASHR, shift))
                .intoArray(out, to + 9 * lanes);
        ShortVector.fromArray(I16, out, to + 10 * lanes)
                .add(f0.lanewise(ASHR, shift))
                .intoArray(out, to + 10 * lanes);
        ShortVector.fromArray(I16, out, to + 11 * lanes)
                .add(f1.lanewise(ASHR, shift))
                .intoArray(out, to + 11 * lanes);
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
        float[] scales = rows.scales();
        float[] terms = rows.terms();
        float[] errors = rows.errors();
        float[] tails = rows.tails();
        int end = first;
        for (int part = 0; part < GROUP; part += LANES) {
            FloatVector factor = FloatVector.fromArray(F32, queries.factors(), query + part);
            FloatVector margin = FloatVector.fromArray(F32, queries.margins(), query + part);
            FloatVector error = FloatVector.fromArray(F32, queries.errorFactors(), query + part);
            FloatVector tail = FloatVector.fromArray(F32, queries.tailFactors(), query + part);
            FloatVector offset = FloatVector.fromArray(F32, queries.offsets(), query + part);
            FloatVector threshold = FloatVector.fromArray(F32, queries.thresholds(), query + part);
            for (int r = 0; r < count; r++) {
                int place = r * GROUP + part;
                FloatVector product = (FloatVector) ShortVector.fromArray(I16_HALF, products, place)
                        .convertShape(S2I, I32, 0)
                        .convertShape(I2F, F32, 0);
                FloatVector off = product.fma(factor, margin).mul(scales[r]);
                off = error.fma(FloatVector.broadcast(F32, errors[r]), off);
                off = tail.fma(FloatVector.broadcast(F32, tails[r]), off);
                FloatVector bound = offset.add(terms[r]).sub(off);
                VectorMask<Float> near = bound.compare(LE, threshold);
                bound.compress(near).intoArray(lower, end);
                IOTA.add(place).compress(near.cast(I32)).intoArray(places, end);
                end += near.trueCount();
            }
        }
        return end;
    }
}
