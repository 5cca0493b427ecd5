package dev.vicino.bench.exact;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table: ours beside somebody else's.
 *
 * @param work what is compared: a label of {@link ExactWork}, or gpu
 * @param data name of the data set
 * @param batch queries a call
 * @param k neighbours of each
 * @param ours who we are
 * @param oursUs our microseconds a query, the median of all rounds
 * @param against the other side; null where it is left out
 * @param ceiling what the machine can do, where that is compared
 */
record TimeRow(
        String work,
        String data,
        int vectors,
        int dimension,
        int batch,
        int k,
        String ours,
        double oursUs,
        @Nullable Against against,
        @Nullable Limit ceiling) {

    /**
     * The other side.
     *
     * @param us its microseconds a query, the median of all rounds
     * @param ratio its time over ours, the median of all rounds: above 1, ours is faster
     * @param ratioLow the smallest ratio of any round
     * @param ratioHigh the largest
     * @param mismatches neighbours that it found and we did not, or the other way round, up to ties
     */
    record Against(String name, double us, double ratio, double ratioLow, double ratioHigh, int mismatches) {}

    /**
     * What the machine can do.
     *
     * @param of what it does
     * @param rate billions a second, the median of all rounds
     * @param unit of the rate
     * @param share of our time that it would take, the median of all rounds: 1 at best
     */
    record Limit(String of, double rate, String unit, double share) {}
}
