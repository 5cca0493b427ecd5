package dev.vicino.scan;

/**
 * Ordinals and their distances, nearest first, ties by the smaller id: what a scan found.
 *
 * @param ordinals rows found
 * @param distances of these rows; smaller is nearer
 * @param work what the scan did
 */
public record Hits(int[] ordinals, float[] distances, Work work) {
    /**
     * What a scan did.
     *
     * @param plan how the scan went about it, in a word
     * @param compared rows whose code was compared
     * @param exact rows whose float32 values were compared
     */
    public record Work(String plan, long compared, long exact) {
        Work plus(Work other) {
            return new Work(plan, compared + other.compared, exact + other.exact);
        }
    }
}
