package dev.vicino.advise;

import dev.vicino.IndexSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spec, built over some of the vectors and tuned.
 *
 * @param vectors how many there were
 * @param tuned the least effort that reaches the recall; null where none does
 * @param latency of searches at that effort, or at the highest
 * @param bytesMemory of the index
 * @param buildSeconds time of the build
 * @param curve every effort that was asked, rising
 */
record Trial(
        IndexSpec spec,
        int vectors,
        @Nullable OperatingPoint tuned,
        Latency latency,
        long bytesMemory,
        double buildSeconds,
        List<OperatingPoint> curve) {}
