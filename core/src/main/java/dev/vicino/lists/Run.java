package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import java.util.Arrays;

/**
 * The rows of a list as they lie in memory: their codes in blocks, and their slots. Rows are added behind the last and never move; to
 * take some away another run is written.
 *
 * <p>Any number of threads may read the rows below a {@link #count} that they have read; one at a time adds.
 */
final class Run {
    private final Region region;
    private final int[] slots;
    private volatile int count;

    /**
     * Of rows that are there.
     *
     * @param slots as many as the blocks of the region have rows, those of the rows in front
     */
    Run(Region region, int[] slots, int count) {
        this.region = region;
        this.slots = slots;
        this.count = count;
    }

    /** Blocks that so many rows take. */
    static int blocks(int rows) {
        return Math.ceilDiv(rows, BlockCode.ROWS);
    }

    Region region() {
        return region;
    }

    int count() {
        return count;
    }

    /** Rows that there is room for. */
    int capacity() {
        return slots.length;
    }

    int slot(int place) {
        return slots[place];
    }

    /** Copies the slots of some places. */
    void slots(int from, int some, int[] out) {
        System.arraycopy(slots, from, out, 0, some);
    }

    /** The block that a place is in. */
    long block(int place) {
        return region.at(place / BlockCode.ROWS);
    }

    static int lane(int place) {
        return place % BlockCode.ROWS;
    }

    /** Shows a row whose code is in the next place. */
    void add(int slot) {
        int place = count;
        slots[place] = slot;
        count = place + 1;
    }

    /** The same rows in another region, with room for as many as that has. */
    Run copy(Region other) {
        other.copyFrom(region.first(blocks(count)));
        return new Run(other, Arrays.copyOf(slots, other.blocks() * BlockCode.ROWS), count);
    }

    long bytes() {
        return (long) slots.length * Integer.BYTES;
    }
}
