package dev.vicino.card;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on a card, or on their way through it. Any number of threads may search at once; whoever closes makes sure that nobody
 * searches any more.
 */
public interface CardRows extends AutoCloseable {
    /** The most neighbours of one search. */
    int maxNeighbours();

    /** The most queries of one search. */
    int maxQueries();

    /**
     * What products are off by at most: the product p of a row x and a query q, neither of them extreme, is as near to x·q as
     * |p − x·q| ≤ e‖x‖‖q‖, for the e that is returned.
     */
    double relativeError(Precision precision);

    /**
     * The rows that can be among the k nearest, for each of some queries.
     *
     * @param queries with bounds for products of that precision; 1 … {@link #maxQueries()}
     * @param k 1 … {@link #maxNeighbours()}
     * @param allowed bit i mod 64 of word i/64 says whether row i may be found; null for all
     * @return one for each query, in their order
     * @throws CardException when the driver fails
     */
    List<Survivors> search(Precision precision, List<BoundedQuery> queries, int k, long @Nullable [] allowed);

    /** Gives all memory of the card back. */
    @Override
    void close();
}
