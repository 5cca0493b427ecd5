package dev.vicino.code;

/** How a turned residual is written in nibbles that choose entries of tables. Immutable; any number of threads may use it. */
interface NibbleQuantiser {
    /** Nibbles of a plane, a multiple of {@value dev.vicino.kernel.NibbleKernels#ALIGNMENT}. */
    int groups();

    /** Planes; an entry that plane p chooses counts 2^p times. */
    int planes();

    /** Starts to write, on one thread. */
    Writer writer();

    /**
     * What nibbles stand for, p, as long as it was quantised.
     *
     * @param nibbles as {@link Writer#quantise} writes them
     */
    void decode(byte[] nibbles, float[] out);

    /** Whether p has the direction of a residual alone, and not its length. */
    boolean isDirection();

    /**
     * The tables of a query: with p as a row was quantised, ⟨p, q⟩ is the sum of the entries that its nibbles choose, and the bias.
     *
     * @param tables 16 entries a group
     */
    void tables(float[] query, float[] tables);

    /** What is to be added to the sum of the entries. */
    float bias(float[] query);

    /** Quantises one residual after another. Not safe for use by several threads. */
    interface Writer {
        /** Writes nibble g of plane p to place p·groups + g. */
        void quantise(float[] residual, byte[] nibbles);

        /** ⟨p, v⟩, p being what was quantised last. */
        double product(float[] vector);
    }
}
