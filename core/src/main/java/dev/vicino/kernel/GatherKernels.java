package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/**
 * The inner loops of walks, which compare a query with rows that lie anywhere. {@link ScalarGatherKernels} is the specification.
 *
 * <p>Rows are named by their slots; every call is given a handful of them, so that the reads from memory overlap.
 */
public sealed interface GatherKernels permits ScalarGatherKernels, SimdGatherKernels {
    /** The best for this machine; the same choice as {@link Kernels#BEST}. */
    GatherKernels BEST = Kernels.BEST instanceof SimdKernels ? new SimdGatherKernels() : new ScalarGatherKernels();

    /** x·q of the float32 rows in {@code count} slots, into {@code out[0, count)}. The order of the sum is fixed on one machine. */
    void dot(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Begins to fetch the first bytes of some slots, so that reading them afterwards does not wait for one after the other. */
    void touch(Slots slots, int[] which, int from, int to, int bytes);

    /**
     * Subtracts a centre and describes what is left.
     *
     * @param out the differences, as many as values
     * @return least, most, sum and sum of squares of the differences, and the product of values and centre
     */
    Moments moments(float[] values, float[] centre, float[] out);

    /** Of values vᵢ and their differences to a centre. */
    record Moments(float least, float most, float sum, float square, float product) {}

    /** Σ cᵢ·wᵢ of codes of a signed byte a value. */
    void dotBytes(float[] weights, Slots codes, int[] slots, int count, float[] out);

    /** Σ(cᵢ·sᵢ + oᵢ)² likewise. */
    void squaredBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out);

    /** Σ|cᵢ·sᵢ + oᵢ| likewise. */
    void absoluteBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out);

    /** Weights, steps and offsets are as long as a multiple of this, and so are the codes, filled up with zeros. */
    int BYTES_ALIGNMENT = 16;

    /**
     * Products of bit planes: Σ over planes p and words w of 2^(p + weight(w))·|x_w ∧ q_{p,w}|, |·| being the number of ones.
     *
     * @param query made by {@link #planes}
     * @param scratch as long as {@code count}
     */
    void bits(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out);

    /**
     * Writes the bits of ⌊(vᵢ − low)·inverse + ½⌋, which is in 0 … 2^planes − 1: bit p of value i to bit i of
     * {@code words[p·stride …]}.
     *
     * @param values as many as 64·words of a plane
     */
    void planes(float[] values, int count, float low, float inverse, int planes, long[] words, int stride);

    /** Planes of a query that {@link #bits} takes at most. */
    int maxPlanes();

    /**
     * A query in bit planes, laid beside the words of a code.
     *
     * @param words planes of {@code stride} words each; zero beside words that are not of the code
     * @param stride words of a plane, a multiple of {@value #WORDS}
     * @param planes at most {@link GatherKernels#maxPlanes}
     * @param weights one a word
     */
    record Planes(long[] words, int stride, int planes, long[] weights) {
        /** Words in the largest vector. */
        public static final int WORDS = 8;

        /** Room for the planes of queries against a code of that many words. */
        public static Planes of(int codeWords, int planes, long[] weights) {
            int stride = Math.ceilDiv(codeWords, WORDS) * WORDS;
            return new Planes(new long[planes * stride], stride, planes, weights);
        }
    }
}
