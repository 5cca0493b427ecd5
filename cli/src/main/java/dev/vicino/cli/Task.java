package dev.vicino.cli;

import dev.vicino.io.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A piece of work under way. Shown as a progress bar on standard error that goes away when the task is closed, or not at all. */
final class Task implements Progress, AutoCloseable {
    private static final int REFRESH_MILLIS = 100;

    private final @Nullable ProgressBar bar;

    private Task(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Task shown(String name) {
        return new Task(new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(-1) // unknown until the work says
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .clearDisplayOnFinish()
                .build());
    }

    static Task hidden() {
        return new Task(null);
    }

    @Override
    public void update(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
