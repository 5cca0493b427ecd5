package dev.vicino.advise;

import dev.vicino.IndexSpec;
import java.util.List;

/**
 * What a spec will cost over all vectors, by what it cost over some: a power of their number through the last two sizes, or the usual
 * power where there was but one.
 *
 * @param last the trial over the most vectors
 * @param latency of a search
 * @param bytesMemory of the index
 * @param buildSeconds time of the build
 */
record Forecast(IndexSpec spec, Trial last, Latency latency, long bytesMemory, double buildSeconds) {
    /** A scan grows with the vectors, a walk hardly. */
    private static final double SCAN_POWER = 1;

    private static final double WALK_POWER = 0.25;

    /** Insertions take a little longer into more. */
    private static final double BUILD_POWER = 1.1;

    private static final double MOST_POWER = 1.3;

    /**
     * For n vectors.
     *
     * @param trials of one spec over ever more of them, at least one
     */
    static Forecast of(List<Trial> trials, int n) {
        Trial last = trials.getLast();
        double more = (double) n / last.vectors();
        double usual = last.spec().equals(Candidates.FLAT) ? SCAN_POWER : WALK_POWER;
        double searching = usual;
        double building = BUILD_POWER;
        if (trials.size() > 1) {
            Trial before = trials.get(trials.size() - 2);
            double grown = Math.log((double) last.vectors() / before.vectors());
            searching = power(before.latency().mean(), last.latency().mean(), grown);
            building = power(before.buildSeconds(), last.buildSeconds(), grown);
        }
        return new Forecast(
                last.spec(),
                last,
                last.latency().times(Math.pow(more, searching)),
                (long) (last.bytesMemory() * more),
                last.buildSeconds() * Math.pow(more, building));
    }

    private static double power(double before, double after, double grown) {
        return before <= 0 ? 1 : Math.clamp(Math.log(after / before) / grown, 0, MOST_POWER);
    }

    /** Whether an effort was found that reaches the recall. */
    boolean reachesRecall() {
        return last.tuned() != null;
    }
}
