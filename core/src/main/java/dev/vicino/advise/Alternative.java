package dev.vicino.advise;

import org.jspecify.annotations.Nullable;

/**
 * A spec that was not chosen.
 *
 * @param whyNot the reason
 * @param recall of a sample or of all, at the effort tuned there; null where it was not tried
 * @param latencyUs in microseconds; forecast for all vectors from samples, predicted where it was not tried
 * @param bytesMemory likewise
 * @param buildSeconds likewise
 */
public record Alternative(
        String spec,
        String whyNot,
        @Nullable Interval recall,
        Latency latencyUs,
        long bytesMemory,
        double buildSeconds) {}
