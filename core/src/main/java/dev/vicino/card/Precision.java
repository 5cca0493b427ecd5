package dev.vicino.card;

/** How precisely a card multiplies, the fastest first. */
public enum Precision {
    /** Rows and queries in 16 bits a value, sums in single precision. */
    HALF,
    /** All of it in single precision. */
    SINGLE
}
