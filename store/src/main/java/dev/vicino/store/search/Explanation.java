package dev.vicino.store.search;

/**
 * How a search was done.
 *
 * @param plan the way it went
 * @param reason why
 * @param estimated points that may match the filter, by the indexes
 * @param matching points that do
 * @param compared vectors or codes looked at
 * @param complete whether nothing was left out because the time was over
 */
public record Explanation(Plan plan, String reason, long estimated, long matching, long compared, boolean complete) {
    /** The ways that a search can go. */
    public enum Plan {
        /** All vectors are compared. */
        SCAN,
        /** Those that match are compared. */
        FILTER_THEN_SCAN,
        /** The graph is walked. */
        GRAPH,
        /** The graph is walked, and gives those that match. */
        FILTERED_GRAPH,
        /** Inverted lists are added up. */
        INVERTED_LISTS;

        /** Whether a neighbour may be missed. */
        boolean walks() {
            return this == GRAPH || this == FILTERED_GRAPH;
        }
    }

    /** This of one search, with the work of another. */
    Explanation and(Explanation other) {
        return new Explanation(
                plan, reason, estimated, matching, compared + other.compared, complete && other.complete);
    }
}
