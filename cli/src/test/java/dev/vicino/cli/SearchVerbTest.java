package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Samples.class)
class SearchVerbTest {
    private static final String[] FIELDS = {
        "spec",
        "metric",
        "vectors",
        "dimension",
        "queries",
        "k",
        "effort",
        "batch",
        "threads",
        "seconds",
        "qps",
        "latency_us",
        "recall",
        "recall_under_80",
        "distances_per_query",
        "bytes_memory"
    };

    @TempDir
    private Path folder;

    private Path index;
    private Path queries;
    private Path out;

    @BeforeEach
    void build() throws IOException {
        index = Samples.index(folder, Samples.rows(400, 12));
        queries = Samples.write(folder.resolve("queries.npy"), Samples.rows(60, 12));
        out = folder.resolve("found.npy");
    }

    @Test
    void jsonHasTheFieldsOfTheContractInTheirOrder() throws IOException {
        JsonNode json = Run.vicino("search", index, queries, "--json").json(FIELDS);

        assertThat(Run.fieldsOf(json.get("latency_us"))).containsExactly("mean", "p50", "p95", "p99", "max");
        assertThat(json.get("spec").textValue()).isEqualTo("Flat");
        assertThat(json.get("metric").textValue()).isEqualTo("cosine");
        assertThat(json.get("vectors").intValue()).isEqualTo(400);
        assertThat(json.get("dimension").intValue()).isEqualTo(12);
        assertThat(json.get("queries").intValue()).isEqualTo(60);
        assertThat(json.get("k").intValue()).isEqualTo(10);
        assertThat(json.get("batch").intValue()).isEqualTo(1);
        assertThat(json.get("threads").intValue()).isEqualTo(1);
        assertThat(json.get("qps").doubleValue())
                .isCloseTo(60 / json.get("seconds").doubleValue(), withPercentage(1e-4));
        assertThat(json.get("latency_us").get("p50").doubleValue())
                .isPositive()
                .isLessThanOrEqualTo(json.get("latency_us").get("max").doubleValue());
        assertThat(json.get("distances_per_query").doubleValue()).isEqualTo(distancesPerQuery());
        assertThat(json.get("bytes_memory").isIntegralNumber()).isTrue();
        assertThat(json.get("effort").isNull()).isTrue();
        assertThat(json.get("recall").isNull()).isTrue();
        assertThat(json.get("recall_under_80").isNull()).isTrue();
    }

    private double distancesPerQuery() throws IOException {
        try (VectorIndex opened = Vicino.open(index)) {
            return Arrays.stream(Samples.read(queries))
                    .map(query -> opened.search(query, 10).work())
                    .mapToLong(work -> work.compared() + work.exact())
                    .average()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--exact",
                "--batch=7",
                "--batch=1000 --threads=2",
                "--threads=3",
                "--repeat=4",
                "--batch=2147483647"
            })
    void whatTruthWroteIsFoundWhole(String options) throws IOException {
        Path truth = folder.resolve("truth.ivecs");
        Run.vicino("truth", folder.resolve("sample.npy"), queries, "--out", truth, "--k", 20)
                .succeeds();
        String all = "search %s %s --out %s --truth %s --k 20 --json %s".formatted(index, queries, out, truth, options);

        JsonNode json = Run.vicino((Object[]) all.split(" ", -1)).json(FIELDS);

        assertThat(json.get("recall").doubleValue()).isEqualTo(1);
        assertThat(json.get("recall_under_80").doubleValue()).isZero();
        assertThat(IdFiles.table(out)).isDeepEqualTo(IdFiles.table(truth));
    }

    @Test
    void aLargeBatchUsesAllCoresUnlessTold() throws IOException {
        JsonNode json =
                Run.vicino("search", index, queries, "--batch", 8, "--json").json(FIELDS);

        assertThat(json.get("batch").intValue()).isEqualTo(8);
        assertThat(json.get("threads").intValue())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void recallIsTheShareOfTheTrueIdsThatWereFound() throws IOException {
        Path line = Samples.index(folder, new float[][] {{0}, {1}, {2}, {3}, {4}}, "--metric", "l2");
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{-1}, {5}});
        Path truth = Samples.ids(folder.resolve("truth.npy"), new long[][] {{0, 1, 9, 9, 9}, {8, 3, 2, 9, 9}});

        JsonNode json = Run.vicino("search", line, asked, "--truth", truth, "--k", 3, "--json")
                .json(FIELDS);

        assertThat(json.get("recall").doubleValue()).isEqualTo(4 / 6.0);
        assertThat(json.get("recall_under_80").doubleValue()).isEqualTo(1);
        String text = Run.vicino("search", line, asked, "--truth", truth, "--k", 3)
                .succeeds()
                .out();
        assertThat(text).contains("0.6667; below 0.8 for 100.0 % of the queries");
    }

    @Test
    void neighboursOfAFewQueriesArePrintedBeforeTheSummary() throws IOException {
        Path line = Samples.index(folder, new float[][] {{0}, {1}, {2}, {3}, {4}}, "--metric", "l2");
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{-1}, {3.75f}});

        String text = Run.vicino("search", line, asked, "--k", 2).succeeds().out();

        assertThat(text.lines().limit(7))
                .containsExactly(
                        "query 0",
                        "     1      1.00000  id 0",
                        "     2      2.00000  id 1",
                        "query 1",
                        "     1     0.250000  id 4",
                        "     2     0.750000  id 3",
                        "");
        assertThat(text).contains("Flat, l2, 5 vectors of dimension 1", "2 queries, 2 neighbours", "distances a query");
        assertThat(Run.vicino("search", line, asked, "--out", out).succeeds().out())
                .doesNotContain("query 0");
    }

    @Test
    void neighboursOfManyQueriesAreNotPrinted() {
        assertThat(Run.vicino("search", index, queries).succeeds().out())
                .doesNotContain("query 0")
                .contains("60 queries, 10 neighbours");
    }

    @Test
    void aRadiusGivesAllWithinItAndKTheNearestOfThem() throws IOException {
        Path line = Samples.index(folder, new float[][] {{0}, {1}, {2}, {3}, {4}}, "--metric", "l2");
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{1}, {40}, {4}});

        JsonNode json = Run.vicino("search", line, asked, "--radius", 1, "--out", out, "--json")
                .json(FIELDS);

        assertThat(json.get("k").isNull()).isTrue();
        assertThat(IdFiles.table(out)).isDeepEqualTo(new long[][] {{1, 0, 2}, {-1, -1, -1}, {4, 3, -1}});
        assertThat(Run.vicino("search", line, asked, "--radius", 1).succeeds().out())
                .contains("query 1: no neighbours", "all within the radius");

        for (int batch = 1; batch <= 4; batch++) {
            Run.vicino("search", line, asked, "--radius", 1, "--k", 2, "--batch", batch, "--out", out)
                    .succeeds();
            assertThat(IdFiles.table(out)).isDeepEqualTo(new long[][] {{1, 0}, {-1, -1}, {4, 3}});
        }
    }

    @Test
    void aFilterLeavesOnlyTheIdsInIt() throws IOException {
        Path line = Samples.index(folder, new float[][] {{0}, {1}, {2}, {3}, {4}}, "--metric", "l2");
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{1}, {4}});
        Path text = Files.writeString(folder.resolve("allowed.txt"), "4\n0\n3\n77\n");
        Path npy = Samples.ids(folder.resolve("allowed.npy"), new long[][] {{0, 3}, {4, 77}});

        for (Path filter : new Path[] {text, npy}) {
            for (int batch = 1; batch <= 2; batch++) {
                Run.vicino("search", line, asked, "--filter", filter, "--batch", batch, "--k", 4, "--out", out)
                        .succeeds();
                assertThat(IdFiles.table(out)).isDeepEqualTo(new long[][] {{0, 3, 4}, {4, 3, 0}});
            }
        }
        Path truth = Samples.ids(folder.resolve("truth.npy"), new long[][] {{0, 3, 4, -1}, {4, 3, 2, -1}});
        JsonNode json = Run.vicino("search", line, asked, "--filter", text, "--k", 4, "--truth", truth, "--json")
                .json(FIELDS);
        assertThat(json.get("recall").doubleValue()).isEqualTo((1 + 2 / 3.0) / 2);

        Run.vicino("search", line, asked, "--filter", folder.resolve("no.txt")).fails(1, "no.txt does not exist");
        Files.writeString(text, "4\nfour\n");
        Run.vicino("search", line, asked, "--filter", text).fails(1, "allowed.txt", "line 2", "four");
    }

    @Test
    void aRadiusOfSimilarityMayBeNegative() throws IOException {
        Path around = Samples.index(folder, new float[][] {{1, 0}, {0, 1}, {-1, 0}});
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{1, 0}});

        Run.vicino("search", around, asked, "--radius", -0.5, "--out", out).succeeds();

        assertThat(IdFiles.table(out)).isDeepEqualTo(new long[][] {{0, 1}});
    }

    @Test
    void moreNeighboursThanARowOfAFileHoldsAreRefusedBeforeTheSearch() throws IOException {
        Path many = Samples.index(folder, new float[65_537][1], "--metric", "l2");
        Path asked = Samples.write(folder.resolve("asked.npy"), new float[][] {{1}});

        Run.vicino("search", many, asked, "--k", 70_000, "--out", out)
                .fails(2, "neighbours a query = 65537, expected at most 65536");
        Run.vicino("search", many, asked, "--radius", 2, "--out", out).fails(2, "neighbours a query = 65537");
        assertThat(out).doesNotExist();
    }

    @Test
    void moreNeighboursThanVectorsAreAllVectors() throws IOException {
        Run.vicino("search", index, queries, "--k", 1000, "--out", out).succeeds();

        assertThat(IdFiles.table(out)).hasDimensions(60, 400);
    }

    @Test
    void wrongNumbersAreWrongUsage() {
        Run.vicino("search", index, queries, "--k", 0).fails(2, "k = 0, expected at least 1");
        Run.vicino("search", index, queries, "--batch", -3).fails(2, "batch = -3, expected at least 1");
        Run.vicino("search", index, queries, "--threads", 0).fails(2, "threads = 0, expected at least 1");
        Run.vicino("search", index, queries, "--repeat", 0).fails(2, "repeat = 0, expected at least 1");
        Run.vicino("search", index, queries, "--k", "ten").fails(2, "--k", "ten");
        Run.vicino("search", index, queries, "--radius", "NaN").fails(2, "radius = NaN, expected a finite number");
        Run.vicino("search", index, queries, "--radius", 1, "--truth", out)
                .fails(2, "truth = ", "expected none with --radius");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() throws IOException {
        Path wide = Samples.write(folder.resolve("wide.npy"), Samples.rows(2, 13));
        Path few = Samples.ids(folder.resolve("few.npy"), new long[59][10]);
        Path narrow = Samples.ids(folder.resolve("narrow.npy"), new long[60][9]);

        Run.vicino("search", index, wide).fails(2, "wide.npy has dimension 13, expected 12");
        Run.vicino("search", index, queries, "--truth", few).fails(2, "few.npy has 59 rows, expected 60");
        Run.vicino("search", index, queries, "--truth", narrow).fails(2, "narrow.npy has 9 neighbours", "k = 10");
        Run.vicino("search", index, queries, "--truth", wide).fails(1, "wide.npy", "int32");
        Run.vicino("search", index, queries, "--out", folder.resolve("ids.txt")).fails(2, "ids.txt", ".npy");
        Run.vicino("search", index, queries, "--out", queries).fails(2, "out = " + queries);
        Run.vicino("search", index, queries, "--out", index).fails(2, "out = " + index);
    }

    @Test
    void missingAndDamagedFilesFailWithTheirNames() throws IOException {
        Run.vicino("search", folder.resolve("no.vicino"), queries).fails(1, "no.vicino does not exist");
        Run.vicino("search", index, folder.resolve("no.npy")).fails(1, "no.npy does not exist");
        Run.vicino("search", queries, queries).fails(1, "queries.npy", "at byte 0", "magic number");
        try (var file = new RandomAccessFile(index.toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        Run.vicino("search", index, queries).fails(1, "sample.vicino", "at byte 16", "file length");
        assertThat(Files.exists(out)).isFalse();
    }
}
