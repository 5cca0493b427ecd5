package dev.vicino.bench.ann;

/**
 * How an index was built, on one thread.
 *
 * @param name of the index
 * @param version of the program
 * @param seconds that it took
 * @param earlier whether that was in an earlier run, whose index was kept
 * @param peakBytes memory of the process at its peak, above what it had with the vectors loaded
 * @param fileBytes size of the index saved, where it is; vectors included except for JVector
 * @param anonymousBytes memory of the process before the first search, vectors and queries included, files not
 * @param largePageBytes what lies on large pages, mapped files included
 */
record BuildRow(
        String name,
        String version,
        double seconds,
        boolean earlier,
        long peakBytes,
        long fileBytes,
        long anonymousBytes,
        long largePageBytes) {}
