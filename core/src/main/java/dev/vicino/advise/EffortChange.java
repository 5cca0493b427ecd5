package dev.vicino.advise;

import java.time.Instant;

/**
 * An effort that was raised.
 *
 * @param at when
 * @param selectivity of the searches that it was raised for
 * @param from the effort before
 * @param to the effort since
 * @param recall that was the reason
 * @param floor that its lower end has fallen under
 */
public record EffortChange(Instant at, Selectivity selectivity, int from, int to, Interval recall, double floor) {
    /** The change and its reason in a sentence. */
    public String sentence() {
        return Figures.text(
                "effort of searches that may find %s raised from %d to %d: recall %.4f, its lower end %.4f is under %.4f, by %d searches",
                selectivity.label(), from, to, recall.mean(), recall.low(), floor, recall.queries());
    }
}
