package dev.vicino.scan;

/** Rows that may be what a search is for, told by bounds of their distances alone. Not safe for use by several threads. */
sealed interface Candidates permits NearestCandidates, RadiusCandidates {
    /** A row with a larger lower bound is not among them. */
    float threshold();

    /** Adds a row whose distance lies between the bounds. */
    void add(float lower, float upper, int ordinal);

    /** Those that are, by their distances. */
    Hits finish(String plan);
}
