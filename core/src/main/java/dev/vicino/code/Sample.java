package dev.vicino.code;

import java.util.Arrays;

/** Vectors to learn a code from. */
public interface Sample {
    /** How many there are. */
    int size();

    /** Copies one of them into an array of d values. */
    void copy(int place, float[] into);

    /** What one of them is relative to in its list, d values; all zeros where there are no lists. */
    default void origin(int place, float[] into) {
        Arrays.fill(into, 0);
    }
}
