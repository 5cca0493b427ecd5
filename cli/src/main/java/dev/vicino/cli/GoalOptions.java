package dev.vicino.cli;

import dev.vicino.IndexSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an index shall reach. Taken in with {@code @Mixin private GoalOptions goals}. */
final class GoalOptions {
    @Option(
            names = "--recall",
            paramLabel = "R",
            description = "The share of the true neighbours that shall be found, on average: "
                    + "an index that is certified to reach it is looked for.")
    private @Nullable String recall;

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "Neighbours of which that share shall be found; 10 unless told.")
    private @Nullable String k;

    @Option(names = "--memory", paramLabel = "SIZE", description = "The most memory that it may take: 512MiB, 2GiB.")
    private @Nullable String memory;

    /** Whether any of them was given. */
    boolean areGiven() {
        return recall != null || k != null || memory != null;
    }

    /**
     * The spec that asks the advisor for them.
     *
     * @param latency the longest time of 99 searches in 100; null for no limit
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    IndexSpec spec(@Nullable String latency) {
        List<String> words = new ArrayList<>();
        add(words, "recall", recall == null ? "0.95" : recall);
        add(words, "k", k);
        add(words, "memory", memory);
        add(words, "latency", latency);
        return IndexSpec.parse("Auto(" + String.join(",", words) + ")");
    }

    private static void add(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name + "=" + value);
        }
    }
}
