package dev.vicino.bench.ann;

import org.jspecify.annotations.Nullable;

/**
 * An index of so many vectors.
 *
 * @param buildSeconds on all cores
 * @param bytesMemory of the index
 * @param qps queries a second at recall 0.95, on one thread; null where that is not reached
 */
record GrowthRow(
        int vectors,
        double buildSeconds,
        long bytesMemory,
        @Nullable Double qps) {}
