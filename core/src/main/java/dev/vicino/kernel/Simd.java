package dev.vicino.kernel;

import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of this machine. */
final class Simd {
    /** The machine's preferred width, 512 bits at most; {@code -Dvicino.vectorBits} forces another, for tests. */
    static final VectorSpecies<Float> F32 = VectorShape.forBitSize(Integer.getInteger(
                    "vicino.vectorBits",
                    Math.min(512, VectorShape.preferredShape().vectorBitSize())))
            .withLanes(float.class);

    static final VectorSpecies<Integer> I32 = F32.vectorShape().withLanes(int.class);
    static final VectorSpecies<Short> I16 = F32.vectorShape().withLanes(short.class);

    /** Floats in a vector. */
    static final int LANES = F32.length();

    /** Lane j takes lane j + s, for the folding of sums in halves. */
    static final VectorShuffle<Float> DOWN8 = down(8);

    static final VectorShuffle<Float> DOWN4 = down(4);
    static final VectorShuffle<Float> DOWN2 = down(2);
    static final VectorShuffle<Float> DOWN1 = down(1);

    private Simd() {}

    private static VectorShuffle<Float> down(int lanes) {
        return VectorShuffle.fromOp(F32, lane -> (lane + lanes) % LANES);
    }
}
