package dev.vicino.store.search;

import dev.vicino.store.search.Explanation.Plan;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.VectorView;

/** Chooses the cheapest way of a search, by counts. */
final class Planner {
    /** As many vectors are compared one by one in the time of a filtered walk. */
    static final long SCAN_BELOW = 3000;

    private Planner() {}

    /** A way, and why it is the cheapest. */
    record Choice(Plan plan, String reason) {
        boolean scans() {
            return plan == Plan.SCAN || plan == Plan.FILTER_THEN_SCAN;
        }
    }

    /**
     * Chooses.
     *
     * @param matching points that match the filter; −1 where there is none
     */
    static Choice choose(VectorView view, boolean exact, long matching) {
        boolean filtered = matching >= 0;
        if (view.settings() instanceof VectorSettings.Sparse) {
            return new Choice(Plan.INVERTED_LISTS, "vectors are sparse");
        }
        if (exact) {
            return new Choice(filtered ? Plan.FILTER_THEN_SCAN : Plan.SCAN, "exact search was asked for");
        }
        if (!view.isIndexed()) {
            return new Choice(filtered ? Plan.FILTER_THEN_SCAN : Plan.SCAN, "there is no graph");
        }
        if (!filtered) {
            return new Choice(Plan.GRAPH, "there is no filter");
        }
        return matching < SCAN_BELOW
                ? new Choice(Plan.FILTER_THEN_SCAN, matching + " points match, fewer than " + SCAN_BELOW)
                : new Choice(Plan.FILTERED_GRAPH, matching + " points match, " + SCAN_BELOW + " or more");
    }
}
