package dev.vicino.card;

/**
 * A query, and what bounds of its distances take of it. For the product p of the query with a row,
 *
 * <pre>
 * lower = p·factor·scale(row) + term(row)·termFactor + offset
 * upper = lower + term(row)·slackFactor + slack
 * </pre>
 *
 * @param values d of them
 * @param threshold no row is looked for whose lower bound is above it
 */
public record BoundedQuery(
        float[] values,
        float factor,
        float termFactor,
        float offset,
        float slackFactor,
        float slack,
        float threshold) {}
