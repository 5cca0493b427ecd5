package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.DOWN1;
import static dev.vicino.kernel.Simd.DOWN2;
import static dev.vicino.kernel.Simd.DOWN4;
import static dev.vicino.kernel.Simd.DOWN8;
import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.vicino.memory.Slots;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * By the Vector API. The exponent and the fraction of a float16 are moved to where a float32 has them: that is the value but for 2¹¹², the
 * distance of the exponents' biases, and so for subnormal values too.
 */
final class SimdHalfGathers implements HalfGathers {
    /** As many float16 as there are floats in a vector. */
    private static final VectorSpecies<Short> I16 =
            VectorShape.forBitSize(F32.vectorBitSize() / 2).withLanes(short.class);

    private static final int BITS = 0x8fff_e000;
    private static final float BIAS = 0x1p112f;

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = dot(query, rows.at(slots[i]));
        }
    }

    private static float dot(float[] query, long row) {
        FloatVector sum = FloatVector.zero(F32);
        for (int j = 0; j < query.length; j += LANES) {
            FloatVector value = ShortVector.fromMemorySegment(I16, ALL, row + 2L * j, LITTLE_ENDIAN)
                    .convertShape(S2I, I32, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 16)
                    .lanewise(ASHR, 3)
                    .and(BITS)
                    .reinterpretAsFloats();
            FloatVector of = FloatVector.fromArray(F32, query, j);
            sum = value.mul(BIAS).fma(of, sum);
        }
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = squaredL2(query, rows.at(slots[i]));
        }
    }

    private static float squaredL2(float[] query, long row) {
        FloatVector sum = FloatVector.zero(F32);
        for (int j = 0; j < query.length; j += LANES) {
            FloatVector value = ShortVector.fromMemorySegment(I16, ALL, row + 2L * j, LITTLE_ENDIAN)
                    .convertShape(S2I, I32, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 16)
                    .lanewise(ASHR, 3)
                    .and(BITS)
                    .reinterpretAsFloats();
            FloatVector of = FloatVector.fromArray(F32, query, j);
            FloatVector difference = value.mul(BIAS).sub(of);
            sum = difference.fma(difference, sum);
        }
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = l1(query, rows.at(slots[i]));
        }
    }

    private static float l1(float[] query, long row) {
        FloatVector sum = FloatVector.zero(F32);
        for (int j = 0; j < query.length; j += LANES) {
            FloatVector value = ShortVector.fromMemorySegment(I16, ALL, row + 2L * j, LITTLE_ENDIAN)
                    .convertShape(S2I, I32, 0)
                    .reinterpretAsInts()
                    .lanewise(LSHL, 16)
                    .lanewise(ASHR, 3)
                    .and(BITS)
                    .reinterpretAsFloats();
            FloatVector of = FloatVector.fromArray(F32, query, j);
            sum = value.mul(BIAS).sub(of).abs().add(sum);
        }
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }
}
