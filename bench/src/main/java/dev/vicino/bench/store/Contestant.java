package dev.vicino.bench.store;

import java.io.IOException;

/** Somebody who answers queries, more surely with more effort. */
interface Contestant {
    /** As the table names it. */
    String name();

    /** The ids of the k nearest, by row, nearest first; fewer where there are fewer. */
    long[] answer(float[] query, int k, int effort) throws IOException;
}
