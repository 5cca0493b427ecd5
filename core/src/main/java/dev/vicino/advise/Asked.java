package dev.vicino.advise;

import dev.vicino.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Which queries the advice is measured with, and which vectors are searched meanwhile. Without queries of the caller's some vectors are
 * held out: a graph that has a query among its nodes leads to the neighbours of it faster than to those of a stranger.
 *
 * @param queries in an order of chance: the first half is tuned by, the second certifies
 * @param rest row numbers of the vectors that are searched, in an order of chance
 * @param heldOut row numbers of the others, the queries; none where queries were given
 */
record Asked(float[][] queries, Drawn rest, int[] heldOut) {
    private static final int MOST_GIVEN = 20_000;
    private static final int MOST_HELD_OUT = 4_000;

    /** At most one vector in so many is held out. */
    private static final int SHARE = 10;

    static Asked of(Vectors vectors, @Nullable Vectors given, long seed) {
        Drawn drawn = Drawn.of(vectors.size(), seed);
        if (given != null) {
            int count = Math.min(given.size(), MOST_GIVEN);
            return new Asked(Drawn.arrays(given, Drawn.of(given.size(), seed).drawn(0, count)), drawn, new int[0]);
        }
        int count = Math.min(vectors.size() / SHARE, MOST_HELD_OUT);
        int[] heldOut = drawn.drawn(0, count);
        return new Asked(Drawn.arrays(vectors, heldOut), drawn.from(count), heldOut);
    }

    /** How many of the queries are for tuning. */
    int half() {
        return queries.length / 2;
    }
}
