package dev.vicino.command;

/** A task that nobody is shown. */
record HiddenTask() implements Task {
    @Override
    public void update(long done, long total) {}

    @Override
    public void close() {}
}
