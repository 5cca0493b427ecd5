package dev.vicino.bench.race;

/**
 * Memory of a process that is resident and no file's.
 *
 * @param anonymousBytes all of it; 0 where the system does not say
 * @param largePageBytes what of it lies on large pages
 */
public record ProcessMemory(long anonymousBytes, long largePageBytes) {}
