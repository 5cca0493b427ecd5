package dev.vicino.lists;

import dev.vicino.rows.RowStore;

/**
 * Whether rows that are compared again have to come from the disk: then all that may be compared are asked for at once, so that the reads go
 * on side by side. Asking costs a system call a row, and is left out while rows are found in memory. For one thread.
 */
final class DiskWaits {
    /** A row in memory is compared in less, one from the disk in more. */
    private static final long NANOS_A_ROW = 3000;

    private final RowStore rows;
    private boolean isLikely;

    DiskWaits(RowStore rows) {
        this.rows = rows;
        this.isLikely = rows.isMapped();
    }

    /** Asks for the first few of some rows if they are likely to be on the disk; tells when. */
    long begin(Reservoir kept, int count) {
        if (!rows.isMapped()) {
            return 0;
        }
        for (int i = 0; i < count && isLikely; i++) {
            rows.willNeed(kept.slot(i));
        }
        return System.nanoTime();
    }

    /** Notes how long it took to compare so many rows. */
    void end(long began, int count) {
        if (rows.isMapped()) {
            isLikely = System.nanoTime() - began > NANOS_A_ROW * count;
        }
    }
}
