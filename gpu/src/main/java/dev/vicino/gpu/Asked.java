package dev.vicino.gpu;

/**
 * What a search has on the card, of each query in turn. All but the last two are addresses there.
 *
 * @param queries values, in the precision of the pass
 * @param powers what a product is multiplied by, a float each; 0 in single precision
 * @param bounds five floats each
 * @param thresholds a float each
 * @param counts rows found, an int each
 * @param lost whether rows were lost, an int each
 * @param found {@link Kernels#CAPACITY} places each
 * @param allowed a bit for each row of the index; 0 for all rows
 * @param count queries
 * @param k neighbours
 */
record Asked(
        long queries,
        long powers,
        long bounds,
        long thresholds,
        long counts,
        long lost,
        long found,
        long allowed,
        int count,
        int k) {}
