package dev.vicino.advise;

import dev.vicino.IndexSpec;

/**
 * A spec that may do.
 *
 * @param spec with nothing tuned yet
 * @param predicted what it is likely to cost
 */
record Candidate(IndexSpec spec, Cost predicted) {
    /** What is said of it where it was not even tried. */
    Alternative leftOut() {
        return new Alternative(
                spec.toString(),
                "not tried: it may miss some, or is predicted to be much slower than others",
                null,
                Latency.of(new double[] {predicted.latencyMicros()}),
                predicted.bytesMemory(),
                predicted.buildSeconds());
    }
}
