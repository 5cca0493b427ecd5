package dev.vicino.code;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** A way to write a vector in fewer bytes. Immutable; any number of threads may use it. */
public interface Code {
    /** Bytes of a code, a multiple of 4. A slot that holds codes has a multiple of 64 bytes, this many at least. */
    int bytes();

    /** Starts to encode, on one thread. */
    Encoder encoder();

    /** Starts to compare queries with the codes at the front of some slots, on one thread. */
    Scorer scorer(Slots codes);

    /** Whether vectors are written as they differ from an origin that the encoder is told. */
    default boolean isRelative() {
        return false;
    }

    /**
     * What a code stands for: the vector, of length 1 under cosine, but for what was lost; where the code is relative, the difference.
     *
     * @param base what the code lies in, from {@code at} on
     * @param out d values
     */
    void decode(MemorySegment base, long at, float[] out);

    /**
     * Whether vectors have drifted so far from those that the code was learnt from that learning it anew is worth it.
     *
     * @param mean of the vectors now, d values; of length-1 vectors under cosine
     * @param square the mean of their squared lengths
     */
    boolean hasDrifted(double[] mean, double square);

    /** What was learnt from the vectors, as {@link Codes#open} reads it. */
    float[] parameters();

    /** Writes codes. Not safe for use by several threads. */
    interface Encoder {
        /** What the vectors that follow are relative to, where the code is such; otherwise nothing. */
        default void origin(float[] origin) {}

        /**
         * Writes the code of a vector.
         *
         * @param vector d finite values, not changed
         * @param base where it is written, from {@code at} on
         */
        void encode(float[] vector, MemorySegment base, long at);
    }
}
