package dev.vicino.scan;

/**
 * Ordinals and their distances, nearest first, ties by the smaller id: what a scan found.
 *
 * @param ordinals rows found
 * @param distances of these rows; smaller is nearer
 * @param work what the scan did
 */
public record Hits(int[] ordinals, float[] distances, Work work) {
    /** These, of a scan that did not come to its end. */
    Hits cutShort() {
        return new Hits(ordinals, distances, new Work(work.plan, work.compared, work.exact, false));
    }

    /**
     * What a scan did.
     *
     * @param plan how the scan went about it, in a word
     * @param compared rows whose code was compared
     * @param exact rows whose float32 values were compared
     * @param complete whether it came to its end in time
     */
    public record Work(String plan, long compared, long exact, boolean complete) {
        /** Of a scan that came to its end. */
        public Work(String plan, long compared, long exact) {
            this(plan, compared, exact, true);
        }

        Work plus(Work other) {
            return new Work(plan, compared + other.compared, exact + other.exact, complete && other.complete);
        }
    }
}
