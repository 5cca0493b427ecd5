package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.DOWN1;
import static dev.vicino.kernel.Simd.DOWN2;
import static dev.vicino.kernel.Simd.DOWN4;
import static dev.vicino.kernel.Simd.DOWN8;
import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.B2F;

import dev.vicino.memory.Slots;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API. */
final class SimdByteGathers implements ByteGathers {
    private static final int STEP = 2 * LANES;

    /** As many bytes as there are floats in a vector, or the fewest that can be loaded. */
    private static final VectorSpecies<Byte> I8 =
            VectorShape.forBitSize(Math.max(64, F32.vectorBitSize() / 4)).withLanes(byte.class);

    @Override
    public void dot(float[] weights, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = dot(weights, codes.at(slots[i]));
        }
    }

    private static float dot(float[] w, long c) {
        FloatVector sum = FloatVector.zero(F32);
        FloatVector odd = FloatVector.zero(F32);
        int i = 0;
        for (; i <= w.length - STEP; i += STEP) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(I8, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i), sum);
            odd = ((FloatVector) ByteVector.fromMemorySegment(I8, ALL, c + i + LANES, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i + LANES), odd);
        }
        for (; i < w.length; i += LANES) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(I8, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i), sum);
        }
        sum = sum.add(odd);
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
    public void squaredL2(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = squaredL2(steps, offsets, codes.at(slots[i]));
        }
    }

    private static float squaredL2(float[] steps, float[] offsets, long c) {
        FloatVector sum = FloatVector.zero(F32);
        for (int i = 0; i < steps.length; i += LANES) {
            FloatVector difference = ((FloatVector) ByteVector.fromMemorySegment(I8, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, steps, i), FloatVector.fromArray(F32, offsets, i));
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
    public void l1(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = l1(steps, offsets, codes.at(slots[i]));
        }
    }

    private static float l1(float[] steps, float[] offsets, long c) {
        FloatVector sum = FloatVector.zero(F32);
        for (int i = 0; i < steps.length; i += LANES) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(I8, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, steps, i), FloatVector.fromArray(F32, offsets, i))
                    .abs()
                    .add(sum);
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
