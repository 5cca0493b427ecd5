package dev.vicino.cli;

/** Time since it was started. */
final class Stopwatch {
    private static final double NANOS_A_SECOND = 1e9;

    private final long start = System.nanoTime();

    private Stopwatch() {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    double seconds() {
        return (System.nanoTime() - start) / NANOS_A_SECOND;
    }
}
