package dev.vicino.cli.demo;

import dev.vicino.io.Progress;

/** Shows how far one step has come, until it is closed. */
public interface StepProgress extends Progress, AutoCloseable {
    @Override
    void close();
}
