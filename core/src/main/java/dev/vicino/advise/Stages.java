package dev.vicino.advise;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the time of some advice goes to: seconds by the name of the stage, in their order. */
final class Stages {
    private final Meter meter;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Stages(Meter meter) {
        this.meter = meter;
    }

    /** Does the work of a stage, which may come again. */
    <T> T run(String name, Supplier<T> work) {
        var result = new AtomicReference<@Nullable T>();
        seconds.merge(name, meter.seconds(() -> result.set(work.get())), Double::sum);
        return Objects.requireNonNull(result.get());
    }

    Map<String, Double> seconds() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
}
