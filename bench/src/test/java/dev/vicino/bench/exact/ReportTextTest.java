package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final Row.Against AGAINST = new Row.Against("theirs", 3000, 1.5, 1.25, 2, 4);
    private static final Row.Limit LIMIT = new Row.Limit("reading", 25, "GB/s", 0.8);

    @Test
    void theTableHasALineForEachRowInColumns() {
        String text = ReportText.of(report(row("plain-single", AGAINST, LIMIT), row("pruned-single", null, null)));

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
        assertThat(ReportText.of(report())).doesNotContain("against").contains("memory, d");
    }

    private static Row row(String work, Row.Against against, Row.Limit limit) {
        return new Row(work, "d", 9, 4, 1, 10, "ours", 2000, against, limit);
    }

    private static Report report(Row... rows) {
        return new Report(
                "SIMD",
                "25",
                2,
                5,
                "bound to core 1",
                "FAISS is left out: none",
                List.of(rows),
                List.of(new MemoryRow("d", 9, 4, 2 << 20, 1 << 20, 2.0)),
                List.of(new Pages("d", "ours", 2 << 20, 1 << 20)),
                List.of("a remark"));
    }
}
