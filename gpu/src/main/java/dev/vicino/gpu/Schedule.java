package dev.vicino.gpu;

/**
 * How many tiles the launches of a search take, so that few rows are found in each. The first finds every row, for there is no threshold
 * yet, and has no more rows than a query keeps. Where s rows have been seen, r more of the same kind have about k·r/s that are below
 * the threshold: so many that they take a sixteenth of the room, or as many as were seen where that is more. Rows of another kind may
 * have more, and a query may lose some; it notices.
 */
final class Schedule {
    private static final int SHARE = 16;

    private final long growth;
    private long seen;

    Schedule(int k) {
        this.growth = Math.max(1, Kernels.CAPACITY / ((long) SHARE * k));
    }

    /** How many of the tiles that are left the next launch takes. */
    int next(int left) {
        long rows = seen == 0 ? Kernels.CAPACITY : seen * growth;
        int tiles = Math.clamp(rows / Kernels.TILE_ROWS, 1, left);
        seen += (long) tiles * Kernels.TILE_ROWS;
        return tiles;
    }
}
