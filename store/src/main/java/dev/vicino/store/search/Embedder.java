package dev.vicino.store.search;

/** Turns a text into a vector. Any number of threads may call it at once. */
@FunctionalInterface
public interface Embedder {
    /** The vector of a text. */
    float[] embed(String text);
}
