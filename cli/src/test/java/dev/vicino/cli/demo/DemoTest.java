package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.cli.demo.DemoOptions.CorpusName;
import dev.vicino.command.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real model. */
class DemoTest {
    @TempDir
    private static Path cache;

    private static Report first;

    @TempDir
    private Path folder;

    /** The last progress of each step that was closed. */
    private static final Map<String, Long> STEPS = new TreeMap<>();

    @BeforeAll
    static void runOnce() throws IOException {
        first = run(CorpusName.DRUGS, cache);
    }

    @BeforeEach
    void forgetSteps() {
        STEPS.clear();
    }

    @Test
    void metforminLowersBloodSugar() {
        assertThat(first.answers()).hasSize(3).first().satisfies(answer -> {
            assertThat(answer.question()).isEqualTo("Which drug lowers blood sugar?");
            assertThat(answer.hits()).hasSize(3).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
            assertThat(answer.hits()).extracting(Answer.Hit::rank).containsExactly(1, 2, 3);
        });
        assertThat(best(first, 0)).isEqualTo("metformin");
        assertThat(best(first, 1)).isEqualTo("naloxone");
        assertThat(best(first, 2)).isEqualTo("digoxin");
        assertThat(first.notes()).isEmpty();
        assertThat(first.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void theSecondRunReusesTheWorkOfTheFirst() throws IOException {
        Report second = run(CorpusName.DRUGS, cache, "How do smokers quit?");

        assertThat(first.cached()).isFalse();
        assertThat(first.seconds()).containsKeys("model", "read", "embed", "build", "save");
        assertThat(second.cached()).isTrue();
        assertThat(second.seconds()).containsOnlyKeys("model", "open");
        assertThat(STEPS).isEmpty();
        assertThat(second.folder()).isEqualTo(first.folder());
        assertThat(second.answers()).hasSize(4);
        assertThat(second.answers().getLast().hits())
                .extracting(Answer.Hit::source)
                .contains("varenicline");
        for (int i = 0; i < 3; i++) {
            assertThat(second.answers().get(i).hits())
                    .isEqualTo(first.answers().get(i).hits());
        }
    }

    @Test
    void damagedWorkIsDoneAgainAndTheReportSaysSo() throws IOException {
        Shelf shelf = new Shelf(folder.resolve(Path.of(first.folder()).getFileName()));
        Files.createDirectories(shelf.folder());
        Files.copy(Path.of(first.folder(), "texts.tsv"), shelf.folder().resolve("texts.tsv"));
        Files.writeString(shelf.folder().resolve("index.vicino"), "not an index");

        Report again = run(CorpusName.DRUGS, folder);

        assertThat(again.cached()).isFalse();
        assertThat(again.notes())
                .singleElement()
                .asString()
                .contains(
                        "damaged",
                        "has been made again",
                        shelf.folder().resolve("index.vicino").toString());
        assertThat(best(again, 0)).isEqualTo("metformin");
        assertThat(STEPS).containsOnly(Map.entry("read", 285L), Map.entry("embed", 285L));
        try (Library library = shelf.open()) {
            assertThat(library.entries()).hasSize(285);
        }
    }

    @Test
    void whereNothingCanBeKeptTheAnswersComeAllTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("cache"), "a file where the folder should be");

        Report report = run(CorpusName.DRUGS, file);

        assertThat(best(report, 0)).isEqualTo("metformin");
        assertThat(report.notes()).singleElement().asString().contains("nothing could be kept");
    }

    @Test
    void drugsStandInForAJdkWithoutSources() throws IOException {
        Report report = run(CorpusName.JDK, cache);

        assertThat(report.corpus()).isEqualTo("drugs");
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("src.zip does not exist", "facts about drugs are searched instead");
    }

    @Test
    void theReportIsOneJsonObject() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();

        JsonNode json = mapper.valueToTree(first);

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "corpus",
                        "title",
                        "texts",
                        "dimension",
                        "model",
                        "spec",
                        "kernels",
                        "regime",
                        "reason",
                        "cached",
                        "folder",
                        "notes",
                        "seconds",
                        "answers");
        assertThat(json.at("/texts").asInt()).isEqualTo(285);
        assertThat(json.at("/dimension").asInt()).isEqualTo(384);
        assertThat(json.at("/regime").asText()).isEqualTo("exact scan");
        assertThat(json.at("/reason").asText()).contains("285 vectors of 384 values", "0.4 MiB");
        assertThat(json.at("/seconds/embed").isNumber()).isTrue();
        assertThat(json.at("/answers/0/hits/0/source").asText()).isEqualTo("metformin");
        assertThat(json.at("/answers/0/search_us").isNumber()).isTrue();
    }

    @Test
    void aBlankQuestionIsRefused() {
        assertThatThrownBy(() -> run(CorpusName.DRUGS, cache, "  ")).hasMessage("query is blank, expected a question");
    }

    private static String best(Report report, int question) {
        return report.answers().get(question).hits().getFirst().source();
    }

    private static Report run(CorpusName corpus, Path cacheDir, String... queries) throws IOException {
        Path noJdk = cacheDir.resolve("no-jdk");
        return Demo.run(new DemoOptions(corpus, List.of(queries), noJdk, cacheDir, DemoTest::step));
    }

    private static Task step(String name) {
        return new Task() {
            private long last = -1;

            @Override
            public void update(long done, long total) {
                last = done;
            }

            @Override
            public void close() {
                STEPS.put(name, last);
            }
        };
    }
}
