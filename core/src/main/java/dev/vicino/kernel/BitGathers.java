package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/** As {@link RowGathers} for codes of bit planes; the query is cut into planes first. */
public sealed interface BitGathers permits ScalarBitGathers, SimdBitGathers {
    /**
     * Subtracts a centre and describes what is left.
     *
     * @param out the differences, as many as values
     * @return least, most, sum and sum of squares of the differences, and the product of values and centre
     */
    Moments moments(float[] values, float[] centre, float[] out);

    /** Of values vᵢ and their differences to a centre. */
    record Moments(float least, float most, float sum, float square, float product) {}

    /**
     * Writes the bits of ⌊(vᵢ − low)·inverse + ½⌋, which is in 0 … 2^planes − 1: bit p of value i to bit i of
     * {@code words[p·stride …]}.
     *
     * @param values as many as 64·words of a plane
     */
    void planes(float[] values, int count, float low, float inverse, int planes, long[] words, int stride);

    /** Planes of a query that {@link #dot} takes at most. */
    int maxPlanes();

    /**
     * Σ over planes p and words w of 2^(p + weight(w))·|x_w ∧ q_{p,w}| of the codes in {@code count} slots, |·| being the number of ones,
     * into {@code out[0, count)}.
     *
     * @param query made by {@link #planes}
     * @param scratch as long as {@code count}
     */
    void dot(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out);

    /**
     * A query in bit planes, laid beside the words of a code.
     *
     * @param words planes of {@code stride} words each; zero beside words that are not of the code
     * @param stride words of a plane, a multiple of {@value #WORDS}
     * @param planes at most {@link BitGathers#maxPlanes}
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
