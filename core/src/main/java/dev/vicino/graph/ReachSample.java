package dev.vicino.graph;

/** Adds up distances to neighbours, each in proportion to one of the same vector's: places of all densities count alike. */
final class ReachSample {
    /** Vectors whose neighbours are looked at: their mean is off by a hundredth of itself, which costs a few hundredths of ef. */
    static final int SIZE = 128;

    /** Nodes held by a walk: the last ones are not all found, those of the last rank nearly. */
    static final int HELD = 2 * Reach.RANKS[Reach.RANKS.length - 1];

    /** The place in {@link Reach#RANKS} of the distance that the others are measured by. */
    private static final int UNIT = Reach.RANKS.length / 2;

    private final double[] sums = new double[Reach.RANKS.length];
    private int count;

    /**
     * Adds the neighbours that a walk to a node's own vector found; does nothing where it found too few, or only copies.
     *
     * @param zero what is told as the distance of a vector from itself
     */
    void add(Beam beam, int self, float zero) {
        int[] places = new int[sums.length];
        int rank = 0;
        int next = 0;
        for (int place = 0; place < beam.size() && next < places.length; place++) {
            if (beam.slot(place) != self && ++rank == Reach.RANKS[next]) {
                places[next++] = place;
            }
        }
        double unit = next < places.length ? 0 : (double) beam.distance(places[UNIT]) - zero;
        if (!(unit > 0)) {
            return;
        }
        for (int i = 0; i < places.length; i++) {
            sums[i] += Math.max(0, beam.distance(places[i]) - zero) / unit;
        }
        count++;
    }

    /**
     * What was learnt.
     *
     * @param from vectors in the graph
     */
    Reach reach(int from) {
        float[] means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (sums[i] / Math.max(1, count));
            if (!Float.isFinite(means[i])) {
                return Reach.NONE;
            }
        }
        return new Reach(means, from);
    }
}
