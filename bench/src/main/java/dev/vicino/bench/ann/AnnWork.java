package dev.vicino.bench.ann;

import dev.vicino.command.Labels;

/** What can be compared; each is several rows of the table. */
enum AnnWork {
    /** The default graph beside every peer. */
    SEARCH,
    /** The graph over float32 values beside hnswlib. */
    FLOAT32,
    /** Builds beside hnswlib. */
    BUILD,
    /** Bytes of a vector that a walk reads. */
    BYTES,
    /** Two threads beside one. */
    THREADS,
    /** Inserts while others search. */
    LIVE,
    /** Filters beside none. */
    FILTERED,
    /** Inverted lists beside those of FAISS. */
    LISTS,
    /** Vectors on the disk. */
    DISK,
    /** k-means beside that of FAISS. */
    KMEANS,
    /** What product quantisation loses, beside that of FAISS. */
    LOSS,
    /** k-d trees and ball trees of few dimensions beside those of scipy and scikit-learn. */
    TREES;

    /** The name on the command line and in the table. */
    @Override
    public String toString() {
        return Labels.of(this);
    }

    /** Whether indexes of ours and of peers race. */
    boolean isRace() {
        return this == SEARCH || this == FLOAT32;
    }
}
