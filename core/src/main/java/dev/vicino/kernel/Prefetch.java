package dev.vicino.kernel;

import static dev.vicino.memory.Memory.ALL;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;

/** Plain loads ahead of use, which are Java's prefetch: what lies anywhere in memory is then waited for all at once. */
public final class Prefetch {
    /** Bytes of a cache line. */
    static final long LINE = 64;

    /** Keeps the loads from being dropped. */
    static long touched;

    private Prefetch() {}

    /** Begins to fetch the first bytes of some slots; nothing where native access is not allowed. */
    public static void touch(Slots slots, int[] which, int from, int to, int bytes) {
        if (!Memory.DIRECT) {
            return;
        }
        int lines = bytes / (int) LINE;
        long sum = 0;
        for (int i = from; i < to; i++) {
            long at = slots.at(which[i]);
            for (int line = 0; line < lines; line++) {
                sum += ALL.get(Memory.INT, at + LINE * line);
            }
        }
        keep(sum);
    }

    /** Few instructions a line: a processor looks no more than some hundred of them ahead, and fetches what it sees there. */
    static void touch(long[] addresses, int count, int lines) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += ALL.get(Memory.INT, addresses[i]);
        }
        for (int line = 1; line < lines; line++) {
            for (int i = 0; i < count; i++) {
                sum += ALL.get(Memory.INT, addresses[i] + LINE * line);
            }
        }
        keep(sum);
    }

    private static void keep(long sum) {
        if (sum == 0x5eed_0f_a_51_9aL) {
            touched = sum;
        }
    }
}
