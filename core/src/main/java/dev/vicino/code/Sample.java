package dev.vicino.code;

/** Vectors to learn a code from. */
public interface Sample {
    /** How many there are. */
    int size();

    /** Copies one of them into an array of d values. */
    void copy(int place, float[] into);
}
