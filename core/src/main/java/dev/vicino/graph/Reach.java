package dev.vicino.graph;

import dev.vicino.scan.Distances.Form;
import java.util.Arrays;

/**
 * How distances grow with the rank of a neighbour, on the average of some vectors, in any unit: it tells how much farther than the k-th nearest that
 * it has found a walk must look to hold ef nodes on average. Queries with few vectors about them hold fewer and are done sooner, those
 * with many hold more, and at equal recall all together compare fewer than with ef nodes each (distance adaptive beam search, Al-Jazzazi
 * and others, arXiv:2505.15636; there the factor is given, here it follows from ef).
 *
 * <p>Immutable.
 */
final class Reach {
    /** The ranks at which the mean distance is kept. */
    static final int[] RANKS = {1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256};

    /** Knows nothing: all hold ef. */
    static final Reach NONE = new Reach(new float[RANKS.length], 0);

    /** Of fewer vectors there is little to be saved. */
    static final int FEWEST = 4 * RANKS[RANKS.length - 1];

    /** The nearest ones alone are too few to tell how dense it is about a query. */
    private static final int LEAST_ANCHOR = 10;

    /** So many times ef may be held where it is dense. */
    private static final int MOST = 3;

    /** Learnt anew so many times while as many vectors are added as there are. */
    private static final int RENEWALS = 16;

    private final float[] means;
    private final int from;

    /**
     * Knows distances.
     *
     * @param means from the query to the neighbours of the {@link #RANKS}, counted from where a distance is none; not falling
     * @param from how many vectors there were
     */
    Reach(float[] means, int from) {
        this.means = means;
        this.from = from;
    }

    /** Whether a distance has a least value, from which others can be measured; products have none. */
    static boolean isMeasurable(Form form) {
        return form != Form.DOT;
    }

    /** What is told as the distance of a vector from itself. */
    static float zero(Form form) {
        return form == Form.COSINE ? -1 : 0;
    }

    float[] means() {
        return means.clone();
    }

    /**
     * Whether it may not be what would be learnt now.
     *
     * @param count vectors that there are
     * @param added how many of them were added since
     */
    boolean isOutdated(int count, long added) {
        return count >= FEWEST && added >= Math.max(from / RENEWALS, FEWEST / 4);
    }

    /**
     * What a walk holds.
     *
     * @param k neighbours wanted, of those that are not removed
     * @param ef nodes held on average
     * @param size of the graph; where that is not much more than ef all of ef are held
     * @param error of the distances: nodes may be nearer by so much
     */
    Width width(int k, int ef, int size, Form form, float error) {
        int anchor = Math.min(ef, Math.max(k, LEAST_ANCHOR));
        float least = mean(anchor);
        if (least <= 0 || (long) MOST * ef >= size) {
            return Width.fixed(ef);
        }
        return new Width(MOST * ef, anchor, mean(ef) / least - 1, zero(form), error);
    }

    /** The mean distance of a rank: between two that are kept, and behind the last, as a power of the rank. */
    private float mean(int rank) {
        int next = 1;
        while (next < RANKS.length - 1 && RANKS[next] < rank) {
            next++;
        }
        double low = means[next - 1];
        double high = means[next];
        if (low <= 0) {
            return rank >= RANKS[next] ? (float) high : 0;
        }
        double share = Math.log((double) rank / RANKS[next - 1]) / Math.log((double) RANKS[next] / RANKS[next - 1]);
        return (float) (low * Math.pow(high / low, share));
    }

    @Override
    public String toString() {
        return "Reach" + Arrays.toString(means);
    }
}
