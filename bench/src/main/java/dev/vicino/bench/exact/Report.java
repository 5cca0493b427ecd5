package dev.vicino.bench.exact;

import java.util.List;

/**
 * What {@code bench exact --json} prints.
 *
 * @param kernels what our kernels run on
 * @param java version of the JVM
 * @param cores that the JVM may use
 * @param rounds turns of everybody
 * @param affinity which thread runs where
 * @param peers the peers, with version, or why one is left out
 * @param rows comparisons of time
 * @param memory comparisons of memory
 * @param pages what both sides' memory lies on
 * @param remarks what else a reader has to know
 */
record Report(
        String kernels,
        String java,
        int cores,
        int rounds,
        String affinity,
        String peers,
        List<Row> rows,
        List<MemoryRow> memory,
        List<Pages> pages,
        List<String> remarks) {}
