package dev.vicino.scan;

/**
 * Remembers whether a shortcut pays on this data. Where it did not, it is left out for one search, then for two, four and so on, so
 * that trying it again costs little and data that change are noticed. Safe for use by any number of threads.
 */
final class Trial {
    private static final int MOST_SKIPPED = 1024;

    private int penalty;
    private int toSkip;

    /** Whether to take the shortcut in the search that begins. */
    synchronized boolean isOn() {
        if (toSkip == 0) {
            return true;
        }
        toSkip--;
        return false;
    }

    synchronized void report(boolean paid) {
        penalty = paid ? 0 : Math.clamp(2L * penalty, 1, MOST_SKIPPED);
        toSkip = penalty;
    }
}
