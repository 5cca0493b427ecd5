package dev.vicino.bench.ann;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be compared; each is several rows of the table. */
enum Work {
    /** The default graph beside every peer. */
    SEARCH,
    /** The graph over float32 values beside hnswlib. */
    FLOAT32,
    /** Builds beside hnswlib. */
    BUILD,
    /** Bytes of a vector that a walk reads. */
    BYTES,
    /** Two threads beside one. */
    THREADS,
    /** Inserts while others search. */
    LIVE,
    /** Filters beside none. */
    FILTERED;

    /** The name on the command line and in the table. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether indexes of ours and of peers race. */
    boolean isRace() {
        return this == SEARCH || this == FLOAT32;
    }

    /**
     * The works of some labels; all for no label.
     *
     * @throws IllegalArgumentException for a label that no work has, naming those that exist
     */
    static Set<Work> of(List<String> labels) {
        Set<Work> works = EnumSet.noneOf(Work.class);
        labels.forEach(label -> works.add(of(label)));
        return labels.isEmpty() ? EnumSet.allOf(Work.class) : works;
    }

    private static Work of(String label) {
        return Arrays.stream(values())
                .filter(work -> work.label().equals(label))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("work = " + label + ", expected some of "
                        + Arrays.stream(values()).map(Work::label).collect(Collectors.joining(", "))));
    }
}
