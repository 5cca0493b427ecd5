package dev.vicino.bench.ann;

/**
 * What is kept of a build.
 *
 * @param version of the program that built
 * @param seconds that it took on one thread
 * @param peakBytes memory of the process at its peak, above what it had with the vectors loaded
 */
record Built(String version, double seconds, long peakBytes) {}
