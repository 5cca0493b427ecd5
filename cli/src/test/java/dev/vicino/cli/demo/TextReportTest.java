package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTest {
    @Test
    void isAlignedAndSaysWhatWasDoneAndFound() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("model", 0.51);
        seconds.put("embed", 27.04);
        var hits = List.of(
                new Answer.Hit(1, 0.71234f, "a.B#c(int)", "B.c: Does it."),
                new Answer.Hit(2, 0.5f, "a.D", "D: A thing."));

        assertThat(report(seconds, false, List.of(), new Answer("Who does it?", 2140, 830, hits))
                        .text())
                .isEqualToNormalizingNewlines("""
                Texts     things: 12,345
                Work      model 0.51 s, embed 27.0 s
                Search    exact scan (SIMD, 512 bits): there are few
                Kept in   /cache

                Who does it?
                  1  0.712  a.B#c(int)
                            B.c: Does it.
                  2  0.500  a.D
                            D: A thing.
                            2.1 ms to embed the question, 0.83 ms to search""");
    }

    @Test
    void remarksComeFirstAndWorkOfAnEarlierRunIsTold() {
        String text = report(Map.of("open", 0.01), true, List.of("It was damaged."), answer("Why?"))
                .text();

        assertThat(text).startsWith("It was damaged.").contains("Work      open 0.01 s; an earlier run did the rest");
    }

    @Test
    void isNoWiderThanAHundredColumns() {
        String words = "word ".repeat(60);
        String text = report(Map.of("open", 0.01), true, List.of(words, "x".repeat(300)), answer(words))
                .text();

        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(text.replaceAll("\\s", "")).contains("x".repeat(300));
    }

    private static Answer answer(String words) {
        return new Answer(words, 1, 1, List.of(new Answer.Hit(1, 1f, "s".repeat(250), words)));
    }

    private static Report report(Map<String, Double> seconds, boolean cached, List<String> notes, Answer answer) {
        return new Report(
                "things",
                "things",
                12_345,
                384,
                "model",
                "Flat",
                "SIMD, 512 bits",
                "exact scan",
                "there are few",
                cached,
                "/cache",
                notes,
                seconds,
                List.of(answer));
    }
}
