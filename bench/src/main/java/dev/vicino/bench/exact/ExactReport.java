package dev.vicino.bench.exact;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vicino.bench.race.Conditions;
import java.util.List;

/**
 * What {@code bench exact --json} prints.
 *
 * @param peers the peers, with version, or why one is left out
 * @param rows comparisons of time
 * @param memory comparisons of memory
 * @param pages what both sides' memory lies on
 * @param remarks what else a reader has to know
 */
record ExactReport(
        @JsonUnwrapped Conditions conditions,
        String peers,
        List<TimeRow> rows,
        List<MemoryRow> memory,
        List<Pages> pages,
        List<String> remarks) {}
