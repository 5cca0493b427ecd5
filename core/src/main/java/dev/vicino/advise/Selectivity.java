package dev.vicino.advise;

import dev.vicino.SearchOptions;

/** Which share of the vectors a search may find: how hard a filter is. */
public enum Selectivity {
    /** No filter. */
    ALL("all", 1),
    /** A tenth or more. */
    MANY("many", 0.1),
    /** A hundredth to a tenth. */
    SOME("some", 0.01),
    /** Fewer. */
    FEW("few", 0);

    private final String label;
    private final double least;

    Selectivity(String label, double least) {
        this.label = label;
        this.least = least;
    }

    /** As metrics call it. */
    public String label() {
        return label;
    }

    static Selectivity of(SearchOptions options, int size) {
        if (options.filter() == null) {
            return ALL;
        }
        return of(options.filter().size(), size);
    }

    /** That of a filter which so many of the vectors match. */
    public static Selectivity of(long matching, long size) {
        double share = (double) matching / Math.max(1, size);
        return share >= MANY.least ? MANY : share >= SOME.least ? SOME : FEW;
    }
}
