package dev.vicino.scan;

/** Rows in pieces of some thousand, in an order in which any first few pieces are spread over all rows. */
final class Pieces {
    /** Long enough to be read as a stream, short enough that there are many. */
    private static final int ROWS = 1024;

    private final int size;
    private final int count;
    private final int stride;

    Pieces(int size) {
        this.size = size;
        this.count = Math.ceilDiv(size, ROWS);
        // Steps of the golden ratio fall into the largest gap; coprime to the count, they meet every piece once.
        int step = Math.max(1, (int) Math.round(count * 0.618));
        while (greatestCommonDivisor(step, count) != 1) {
            step++;
        }
        this.stride = step;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    int count() {
        return count;
    }

    /** How many pieces hold that many rows. */
    int holding(int rows) {
        return Math.min(count, Math.ceilDiv(rows, ROWS));
    }

    /** The first row of a piece. */
    int from(int piece) {
        return (int) ((long) piece * stride % count) * ROWS;
    }

    /** The row behind the last of a piece. */
    int to(int piece) {
        return (int) Math.min((long) from(piece) + ROWS, size);
    }

    /** Rows of the pieces from one up to another. */
    long rows(int from, int to) {
        long rows = (long) (to - from) * ROWS;
        for (int piece = from; piece < to; piece++) {
            rows -= ROWS - (to(piece) - from(piece));
        }
        return rows;
    }
}
