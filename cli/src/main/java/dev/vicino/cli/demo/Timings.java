package dev.vicino.cli.demo;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long each step took. For one thread. */
final class Timings {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, Double> seconds = new LinkedHashMap<>();

    /** Work whose time is measured. */
    @FunctionalInterface
    interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** Runs a step; a step that fails leaves no time. */
    <T extends @Nullable Object> T measure(String name, Step<T> step) throws IOException {
        long start = System.nanoTime();
        T result = step.run();
        seconds.put(name, (System.nanoTime() - start) / NANOS_PER_SECOND);
        return result;
    }

    /** Seconds by step, in the order of the steps. */
    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
}
