package dev.vicino.embed;

import dev.vicino.io.Progress;

/** Counts the units that several threads finish, and tells one after the other. */
final class Steps {
    private final long total;
    private final Progress progress;
    private long done;

    Steps(long total, Progress progress) {
        this.total = total;
        this.progress = progress;
    }

    synchronized void next() {
        done++;
        progress.update(done, total);
    }
}
