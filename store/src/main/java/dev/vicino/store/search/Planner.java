package dev.vicino.store.search;

import dev.vicino.store.search.Explanation.Plan;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.VectorView;

/** The way of a search: chosen by what there is and what was asked for, and where there is a graph by the graph, by its own costs. */
final class Planner {
    /** What {@link dev.vicino.Neighbors.Work} calls it when a graph compares the codes of all that the filter leaves. */
    private static final String SCAN_OF_ALLOWED = "scan of the allowed";

    private Planner() {}

    /** A way, and why it was taken. */
    record Choice(Plan plan, String reason) {}

    /**
     * The way of a search that is done.
     *
     * @param exact whether that was asked for
     * @param matching points that match the filter; −1 where there is none
     * @param graphPlan the way through the graph
     */
    static Choice of(VectorView view, boolean exact, long matching, String graphPlan) {
        boolean filtered = matching >= 0;
        Plan scan = filtered ? Plan.FILTER_THEN_SCAN : Plan.SCAN;
        if (view.settings() instanceof VectorSettings.Sparse) {
            return new Choice(Plan.INVERTED_LISTS, "vectors are sparse");
        }
        if (matching == 0) {
            return new Choice(scan, "no point matches");
        }
        if (exact) {
            return new Choice(scan, "exact search was asked for");
        }
        if (graphPlan.isEmpty()) {
            return new Choice(scan, "there is no graph");
        }
        if (!filtered) {
            return new Choice(Plan.GRAPH, "there is no filter");
        }
        return graphPlan.equals(SCAN_OF_ALLOWED)
                ? new Choice(
                        Plan.FILTER_THEN_SCAN, matching + " points match, fewer than a walk past all others compares")
                : new Choice(Plan.FILTERED_GRAPH, matching + " points match, more than a walk compares");
    }
}
