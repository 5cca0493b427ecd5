package dev.vicino.advise;

import dev.vicino.VectorIndex;
import java.util.List;

/**
 * An index over all vectors that reaches the recall, with what was measured on it.
 *
 * @param certificate with the effort that it searches at unless told
 * @param curve some of the efforts that were asked, rising, with their times
 */
record Finalist(
        VectorIndex index, Certificate certificate, Latency latency, double buildSeconds, List<TimedPoint> curve) {}
