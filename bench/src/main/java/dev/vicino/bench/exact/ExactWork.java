package dev.vicino.bench.exact;

import dev.vicino.command.Labels;

/** What can be compared; each is one or several rows of the table. */
enum ExactWork {
    /** The plain scan, one query a call, beside FAISS, and its share of the read bandwidth. */
    PLAIN_SINGLE,
    /** The plain scan, a large batch, beside FAISS, and its share of the multiply-add peak. */
    PLAIN_BATCH,
    /** The plain scan, a small batch, beside the better of two settings of FAISS. */
    SMALL_BATCH,
    /** The pruned scan, one query a call, beside the flat index of FAISS. */
    PRUNED_SINGLE,
    /** The pruned scan, one query a call, beside the pruned index of FAISS. */
    PANORAMA,
    /** The pruned scan, a large batch, beside the flat index of FAISS. */
    PRUNED_BATCH,
    /** The pruned scan beside the plain one where nothing can be pruned. */
    GAUSSIAN,
    /** Two threads beside one. */
    THREADS,
    /** Memory that an opened index takes above its file, beside the size of its codes. */
    MEMORY,
    /** SIMD beside the scalar twin. */
    SCALAR;

    /** The name on the command line and in the table: {@code plain-single}. */
    @Override
    public String toString() {
        return Labels.of(this);
    }

    /** Whether the other side is FAISS. */
    boolean isBesideFaiss() {
        return switch (this) {
            case PLAIN_SINGLE, PLAIN_BATCH, SMALL_BATCH, PRUNED_SINGLE, PANORAMA, PRUNED_BATCH -> true;
            case GAUSSIAN, THREADS, MEMORY, SCALAR -> false;
        };
    }
}
