package dev.vicino.bench.ann;

import java.io.IOException;

/** An index that is asked the same queries again and again, k neighbours each, with more or less effort. */
interface TimedIndex extends AutoCloseable {
    /** As the table names it; nobody else in a race has the same. */
    String name();

    /** How many queries a pass has. */
    int queries();

    /** How many threads work at once. */
    int threads();

    /** Whether it becomes faster while it runs, because a JVM compiles it. */
    boolean warmsUp();

    /** Seconds that so many passes over all queries take. */
    double seconds(int effort, int passes) throws IOException;

    /** The ids found, a row a query; −1 where there are fewer than k. */
    long[][] answers(int effort) throws IOException;

    @Override
    void close() throws IOException;
}
