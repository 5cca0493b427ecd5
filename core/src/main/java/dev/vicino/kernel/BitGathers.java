package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/** As {@link RowGathers} for codes of bit planes; the query is cut into planes first. */
public sealed interface BitGathers permits ScalarBitGathers, SimdBitGathers {
    /** Values that {@link #hadamard} never mixes with each other. */
    int LINE = 16;

    /** Where {@link #describe} puts the sum of squares. */
    int SQUARE = 3;

    /** Where {@link #describe} puts the product. */
    int PRODUCT = 4;

    /** Floats of scratch memory for {@link #describe}. */
    int SUMS = 3 * 16;

    /**
     * Replaces values by their Hadamard transform over lines of {@value #LINE}, times a scale: value j of all lines is transformed by
     * itself.
     *
     * @param count a power of two lines
     */
    void hadamard(float[] values, int from, int count, float scale);

    /**
     * Subtracts a centre and describes what is left.
     *
     * @param out the differences, as many as values
     * @param sums {@link #SUMS} floats; in front least, most, sum and sum of squares of the differences, and the product of values and centre
     */
    void describe(float[] values, float[] centre, float[] out, float[] sums);

    /** As {@link #describe}, told in one. */
    default Moments moments(float[] values, float[] centre, float[] out, float[] sums) {
        describe(values, centre, out, sums);
        return new Moments(sums[0], sums[1], sums[2], sums[SQUARE], sums[PRODUCT]);
    }

    /** Of values vᵢ and their differences to a centre. */
    record Moments(float least, float most, float sum, float square, float product) {}

    /**
     * Planes of a query. Rounding to 2⁵ steps makes the error of a code of two bits a hundredth larger; the sums of six planes would not
     * fit in bytes, which some machines count in.
     */
    int PLANES = 5;

    /**
     * Writes the bits of ⌊(vᵢ − low)·inverse + ½⌋, which is in 0 … 2^{@value #PLANES} − 1: bit p of value i to bit i of
     * {@code words[p·stride …]}.
     *
     * @param values as many as 64·words of a plane
     */
    void planes(float[] values, int count, float low, float inverse, long[] words, int stride);

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
     * @param words {@value BitGathers#PLANES} planes of {@code stride} words each; zero beside words that are not of the code
     * @param stride words of a plane, a multiple of {@value #WORDS}
     * @param weights one a word
     */
    record Planes(long[] words, int stride, long[] weights) {
        /** Words in the largest vector. */
        public static final int WORDS = 8;

        /** Room for the planes of queries against a code of that many words. */
        public static Planes of(int codeWords, long[] weights) {
            int stride = Math.ceilDiv(codeWords, WORDS) * WORDS;
            return new Planes(new long[PLANES * stride], stride, weights);
        }
    }
}
