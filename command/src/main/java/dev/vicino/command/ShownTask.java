package dev.vicino.command;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A task shown as a progress bar on standard error, which goes away when it is closed. */
record ShownTask(ProgressBar bar) implements Task {
    private static final int REFRESH_MILLIS = 100;

    ShownTask(String name) {
        this(new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(-1) // unknown until the work says
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .clearDisplayOnFinish()
                .build());
    }

    @Override
    public void update(long done, long total) {
        bar.maxHint(total);
        bar.stepTo(done);
    }

    @Override
    public void step(String name) {
        bar.setExtraMessage(name);
    }

    @Override
    public void close() {
        bar.close();
    }
}
