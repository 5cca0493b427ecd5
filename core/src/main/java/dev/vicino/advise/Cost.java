package dev.vicino.advise;

/**
 * What an index costs.
 *
 * @param latencyMicros mean time of a search on one thread
 * @param bytesMemory of the index, its rows among it
 * @param buildSeconds time of the build
 */
record Cost(double latencyMicros, long bytesMemory, double buildSeconds) {}
