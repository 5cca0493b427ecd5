package dev.vicino.store.search;

import dev.vicino.SearchOptions;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
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
        Part part) {
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
    }

    /** The nearest by the unnamed vector, ids and scores alone. */
    public static SearchRequest of(Query query, int limit) {
        return new SearchRequest(query, Point.UNNAMED, limit, 0, null, Filter.ALL, false, 0, Part.NONE);
    }

    /** This by the vectors of another name. */
    public SearchRequest using(String name) {
        return new SearchRequest(query, name, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This for another number of points. */
    public SearchRequest withLimit(int limit) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This from another place on. */
    public SearchRequest withOffset(int offset) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This within another score. */
    public SearchRequest withThreshold(@Nullable Float threshold) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This among the points that match. */
    public SearchRequest withFilter(Filter filter) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This, comparing every vector or not. */
    public SearchRequest withExact(boolean exact) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This with another effort. */
    public SearchRequest withEffort(int effort) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }

    /** This with another part of the points. */
    public SearchRequest withPart(Part part) {
        return new SearchRequest(query, using, limit, offset, threshold, filter, exact, effort, part);
    }
}
