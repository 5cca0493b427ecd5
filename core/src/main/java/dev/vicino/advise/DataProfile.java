package dev.vicino.advise;

import dev.vicino.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of some vectors.
 *
 * @param vectors n
 * @param dimension d
 * @param norms of the vectors looked at
 * @param duplicates share of the vectors looked at that are bit for bit what another before them is
 * @param intrinsicDimension how many directions there are about a vector: the maximum-likelihood estimate of Levina and Bickel (2004)
 *     over the nearest neighbours in a sample; 0 where all lie in one place
 * @param clusteredness how much nearer than to any vector it is from one to the nearest of 64 drawn at random: 1 minus the ratio of the
 *     mean squared distances. 0 where vectors are spread evenly in many dimensions, near 1 in tight clusters or few dimensions
 * @param readWhole share of a sample that exact search reads whole, because its bounds do not exclude it
 * @param queries where the queries come from
 */
public record DataProfile(
        int vectors,
        int dimension,
        Metric metric,
        Norms norms,
        double duplicates,
        double intrinsicDimension,
        double clusteredness,
        double readWhole,
        Queries queries) {
    private static final double UNIT = 1e-3;

    /**
     * Lengths of vectors.
     *
     * @param least the shortest
     * @param mean of all
     * @param most the longest
     */
    public record Norms(double least, double mean, double most) {
        /** Whether all are 1. */
        public boolean areOne() {
            return Math.abs(least - 1) < UNIT && Math.abs(most - 1) < UNIT;
        }
    }

    /**
     * Queries that the advice is measured with.
     *
     * @param given whether the caller gave them; otherwise they are vectors held out
     * @param likeVectors whether they lie as the vectors do: the distances to their nearest neighbours are distributed alike, by the test
     *     of Kolmogorov and Smirnov at 1 in 1,000
     * @param count how many
     */
    public record Queries(boolean given, boolean likeVectors, int count) {}

    /** What of this a user should hear, in sentences. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (norms.areOne() && metric != Metric.L1) {
            remarks.add("all vectors have length 1: cosine, dot product and L2 rank alike");
        }
        if (duplicates > 0.01) {
            remarks.add(Math.round(100 * duplicates) + " % of the vectors are there more than once");
        }
        if (queries.given && !queries.likeVectors) {
            remarks.add(
                    "the queries do not come from where the vectors come from: only queries like these are spoken for");
        }
        return remarks;
    }
}
