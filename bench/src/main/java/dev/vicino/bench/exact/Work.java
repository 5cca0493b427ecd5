package dev.vicino.bench.exact;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be compared; each is one or several rows of the table. */
enum Work {
    /** The plain scan, one query a call, beside FAISS, and its share of the read bandwidth. */
    PLAIN_SINGLE,
    /** The plain scan, a large batch, beside FAISS, and its share of the multiply-add peak. */
    PLAIN_BATCH,
    /** The plain scan, a small batch, beside the better of two settings of FAISS. */
    SMALL_BATCH,
    /** The pruned scan, one query a call, beside the flat index of FAISS. */
    PRUNED_SINGLE,
    /** The pruned scan, one query a call, beside the pruned index of FAISS. */
    PANORAMA,
    /** The pruned scan, a large batch, beside the flat index of FAISS. */
    PRUNED_BATCH,
    /** The pruned scan beside the plain one where nothing can be pruned. */
    GAUSSIAN,
    /** Two threads beside one. */
    THREADS,
    /** Memory that an opened index takes above its file, beside the size of its codes. */
    MEMORY,
    /** SIMD beside the scalar twin. */
    SCALAR;

    /** The name on the command line and in the table: {@code plain-single}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the other side is FAISS. */
    boolean isBesideFaiss() {
        return switch (this) {
            case PLAIN_SINGLE, PLAIN_BATCH, SMALL_BATCH, PRUNED_SINGLE, PANORAMA, PRUNED_BATCH -> true;
            case GAUSSIAN, THREADS, MEMORY, SCALAR -> false;
        };
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
