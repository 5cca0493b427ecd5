package dev.vicino.command;

import dev.vicino.io.Progress;

/** A piece of work under way, until it is closed. */
public interface Task extends Progress, AutoCloseable {
    @Override
    void close();
}
