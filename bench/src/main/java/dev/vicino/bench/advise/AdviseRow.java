package dev.vicino.bench.advise;

import dev.vicino.advise.Interval;
import dev.vicino.bench.race.Ratio;

/**
 * What the advisor did with one kind of vectors and one floor.
 *
 * @param data name of the vectors
 * @param floor recall that was asked for
 * @param spec that was chosen, its effort among it
 * @param fresh recall of the fresh queries
 * @param kept whether the upper end of it reaches the floor
 * @param best of the grid, with its effort
 * @param ratio of the queries a second of the choice to those of the best, the median of all rounds
 * @param adviceSeconds time of the advice without the build of the choice
 * @param buildSeconds time of that build
 * @param gridSeconds time of the whole grid, of which one serves all floors
 */
record AdviseRow(
        String data,
        double floor,
        String spec,
        Interval fresh,
        boolean kept,
        String best,
        Ratio ratio,
        double adviceSeconds,
        double buildSeconds,
        double gridSeconds) {}
