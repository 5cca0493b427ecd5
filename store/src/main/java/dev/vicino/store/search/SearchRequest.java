package dev.vicino.store.search;

import dev.vicino.SearchOptions;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A search.
 *
 * @param using the name of the vectors that are compared
 * @param limit points wanted, k; at least 1
 * @param offset points passed over before the first
 * @param threshold the lowest similarity or the highest distance, itself included; null for none
 * @param exact whether every vector that may be found is compared
 * @param effort how far the graph is walked; 0 for its own choice
 * @param part what is wanted of the points found
 * @param recall the share of the true neighbours that is to be found on average, as measured without a filter on vectors that are there;
 *     null to go by the effort. The first search that asks for one measures, which takes about as long as 200 exact searches
 * @param timeLimit after which a search ends with what it has found so far, {@link Explanation#complete} being false; null for none
 */
public record SearchRequest(
        Query query,
        String using,
        int limit,
        int offset,
        @Nullable Float threshold,
        Filter filter,
        boolean exact,
        int effort,
        Part part,
        @Nullable Double recall,
        @Nullable Duration timeLimit) {
    /** Higher is taken for a mistake. */
    public static final int MAX_LIMIT = 1 << 20;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public SearchRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit = " + limit + ", expected 1.." + MAX_LIMIT);
        }
        if (offset < 0 || offset > MAX_LIMIT) {
            throw new IllegalArgumentException("offset = " + offset + ", expected 0.." + MAX_LIMIT);
        }
        if (effort < 0 || effort > SearchOptions.MAX_EFFORT) {
            throw new IllegalArgumentException("effort = " + effort + ", expected 0.." + SearchOptions.MAX_EFFORT);
        }
        if (recall != null && !(recall > 0 && recall <= 1)) {
            throw new IllegalArgumentException("recall = " + recall + ", expected more than 0, at most 1");
        }
        if (recall != null && (effort > 0 || exact)) {
            throw new IllegalArgumentException("recall = " + recall + " with effort = " + effort + ", exact = " + exact
                    + ", expected one of the three");
        }
        if (timeLimit != null && !timeLimit.isPositive()) {
            throw new IllegalArgumentException("timeLimit = " + timeLimit + ", expected more than 0");
        }
    }

    /** Without a recall or a limit of time. */
    public SearchRequest(
            Query query,
            String using,
            int limit,
            int offset,
            @Nullable Float threshold,
            Filter filter,
            boolean exact,
            int effort,
            Part part) {
        this(query, using, limit, offset, threshold, filter, exact, effort, part, null, null);
    }

    /** The nearest by the unnamed vector, ids and scores alone. */
    public static SearchRequest of(Query query, int limit) {
        return new SearchRequest(query, Point.UNNAMED, limit, 0, null, Filter.ALL, false, 0, Part.NONE);
    }

    /** This by the vectors of another name. */
    public SearchRequest using(String name) {
        return new SearchRequest(query, name, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This for another number of points. */
    public SearchRequest withLimit(int limit) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This from another place on. */
    public SearchRequest withOffset(int offset) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This within another score. */
    public SearchRequest withThreshold(@Nullable Float threshold) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This among the points that match. */
    public SearchRequest withFilter(Filter filter) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This, comparing every vector or not. */
    public SearchRequest withExact(boolean exact) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This with another effort. */
    public SearchRequest withEffort(int effort) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This with another part of the points. */
    public SearchRequest withPart(Part part) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This for another query. */
    SearchRequest withQuery(Query query) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This with a recall to reach; null for none. */
    public SearchRequest withRecall(@Nullable Double recall) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }

    /** This with a limit of time; null for none. */
    public SearchRequest withTimeLimit(@Nullable Duration timeLimit) {
        return new SearchRequest(
                query, using, limit, offset, threshold, filter, exact, effort, part, recall, timeLimit);
    }
}
