package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.bench.race.Conditions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExactTextTest {
    private static final TimeRow.Against AGAINST = new TimeRow.Against("theirs", 3000, 1.5, 1.25, 2, 4);
    private static final TimeRow.Limit LIMIT = new TimeRow.Limit("reading", 25, "GB/s", 0.8);

    @Test
    void theTableHasALineForEachRowInColumns() {
        String text = ExactText.of(report(row("plain-single", AGAINST, LIMIT), row("pruned-single", null, null)));

        assertThat(text)
                .containsPattern(
                        "(?m)^plain-single +d 9 × 4 +1 +10 +ours +2\\.00 ms +theirs +3\\.00 ms +1\\.50 +1\\.25–2\\.00 +4 +80 % of 25\\.0 GB/s$")
                .containsPattern("(?m)^pruned-single +d 9 × 4 +1 +10 +ours +2\\.00 ms( +-){6}$")
                .contains(
                        "FAISS is left out", "memory, d 9 × 4: 2.0 MiB above the file for 1.0 MiB of codes, ratio 2.00")
                .contains("large pages, d, ours: 1 of 2 MiB", "a remark");
    }

    @Test
    void withoutRowsThereIsNoTable() {
        assertThat(ExactText.of(report())).doesNotContain("against").contains("memory, d");
    }

    private static TimeRow row(String work, TimeRow.Against against, TimeRow.Limit limit) {
        return new TimeRow(work, "d", 9, 4, 1, 10, "ours", 2000, against, limit);
    }

    private static ExactReport report(TimeRow... rows) {
        return new ExactReport(
                new Conditions("SIMD", "25", 2, 5, "bound to core 1"),
                "FAISS is left out: none",
                List.of(rows),
                List.of(new MemoryRow("d", 9, 4, 2 << 20, 1 << 20, 2.0)),
                List.of(new Pages("d", "ours", 2 << 20, 1 << 20)),
                List.of("a remark"));
    }
}
