package dev.vicino.scan;

/** The rows that a search has found so far. Not safe for use by several threads. */
public sealed interface Nearest permits TopK, WithinRadius {
    /** The largest distance that can still get in; a tie is decided by id. */
    float threshold();

    /** Adds a row, each at most once; one that is too far is passed over. */
    void add(float distance, int ordinal);

    /** Neighbours wanted; 0 where all within a radius are. */
    int k();

    /** Empties it into arrays, nearest first. */
    Hits drain(Hits.Work work);
}
