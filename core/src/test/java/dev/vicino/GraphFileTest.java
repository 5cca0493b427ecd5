package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.testing.HardRows;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs in files: what was saved is what is opened, and it lives on from there. */
@ExtendWith(Seeds.class)
final class GraphFileTest {
    private static final int ROWS = 500;
    private static final int D = 20;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @TempDir
    private Path folder;

    /** Every way to ask, answers and counters alike. */
    private static List<String> ask(VectorIndex index, float[][] queries) {
        List<String> answers = new ArrayList<>();
        SearchOptions options = SearchOptions.DEFAULT;
        IdSet some =
                IdSet.of(LongStream.range(0, 2 * ROWS).filter(id -> id % 3 > 0).toArray());
        for (float[] query : queries) {
            answers.add(index.search(query, 7).toString());
            answers.add(index.search(query, 5, options.withEffort(300)).toString());
            answers.add(index.search(query, 5, options.withEffort(5).withFilter(some))
                    .toString());
            answers.add(index.search(query, 5, options.withExact(true)).toString());
            if (index.size() > 7) {
                float radius = index.search(query, 7).score(6);
                answers.add(index.searchWithin(query, radius, options).toString());
            }
        }
        return answers;
    }

    private ChangingIndex reopened(ChangingIndex index) throws IOException {
        Path file = folder.resolve("index");
        index.save(file);
        ChangingIndex opened = graphs.open(file);
        opened.verify(Progress.NONE);
        assertThat(opened.spec()).isEqualTo(index.spec());
        assertThat(opened.metric()).isEqualTo(index.metric());
        assertThat(opened.dimension()).isEqualTo(index.dimension());
        assertThat(opened.size()).isEqualTo(index.size());
        assertThat(opened.bytesDisk()).isEqualTo(Files.size(file));
        opened.check();
        return opened;
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.GraphContractTest#kinds")
    void answersAreTheSameBeforeAndAfter(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        for (int n : new int[] {0, 1, 2, ROWS}) {
            float[][] rows = Seeds.realRows(random, n, D);
            float[][] queries = Seeds.realRows(random, 10, D);
            ChangingIndex index = graphs.build(spec, metric, rows, D);
            List<String> before = ask(index, queries);
            ChangingIndex opened = reopened(index);
            assertThat(ask(opened, queries)).isEqualTo(before);
            opened.awaitLoaded();
            assertThat(ask(opened, queries)).as("loaded").isEqualTo(before);
            graphs.close(index);
            graphs.close(opened);
        }
    }

    /** What was changed is renumbered in the file, so ties are the ones that may be in another order: there are none here. */
    @ParameterizedTest
    @MethodSource("dev.vicino.GraphContractTest#kinds")
    void whatWasChangedIsSavedAsItIs(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        float[][] queries = Points.gaussian(random, 10, D);
        ChangingIndex index =
                graphs.build(spec, metric, Points.gaussian(random, ROWS, D), D, Seeds.ids(random, ROWS), 1);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100; i++) {
                long id = random.nextInt(-ROWS, ROWS);
                switch (random.nextInt(3)) {
                    case 0 -> index.remove(id);
                    default -> index.update(id, Seeds.reals(random, D));
                }
            }
            List<String> exactly = answersOf(index, queries);
            ChangingIndex opened = reopened(index);
            assertThat(answersOf(opened, queries)).isEqualTo(exactly);
            graphs.close(index);
            index = opened;
        }
    }

    private static List<String> answersOf(VectorIndex index, float[][] queries) {
        List<String> answers = new ArrayList<>();
        for (float[] query : queries) {
            Neighbors found = index.search(query, 2 * ROWS);
            answers.add(Arrays.toString(found.ids()) + Arrays.toString(found.scores()));
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource
    void extremeRowsKeepTheirScores(Metric metric) throws IOException {
        Random random = Seeds.random();
        float[][] rows = Points.gaussian(random, 60, D);
        for (int r = 0; r < rows.length; r++) {
            double factor = new double[] {1, 1e38, 1e30, 1e-30, 1e-38, 1e-44}[r % 6];
            rows[r] = Points.scaled(rows[r], factor);
            for (int i = 0; i < D; i++) {
                rows[r][i] = Math.clamp(rows[r][i], -3e38f, 3e38f);
            }
        }
        float[][] queries = HardRows.queries(random, rows, 16);
        for (String spec : GraphContractTest.SPECS) {
            if (metric == Metric.L1 && spec.contains("RaBitQ")) {
                continue;
            }
            ChangingIndex built = graphs.build(spec, metric, rows, D);
            ChangingIndex filled = graphs.build(spec, metric, new float[0][], D);
            for (int r = 0; r < rows.length; r++) {
                filled.add(r, rows[r]);
            }
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, D)) {
                for (ChangingIndex index : new ChangingIndex[] {built, filled, reopened(built), reopened(filled)}) {
                    for (float[] query : queries) {
                        Neighbors expected = exact.search(query, 100);
                        Neighbors found = index.search(query, 100);
                        if (GraphContractTest.isExact(spec)) {
                            Oracle.assertSame(found, expected, spec);
                        } else {
                            assertThat(found.size()).isEqualTo(60);
                            assertThat(found.scores()).doesNotContain(Float.NaN);
                        }
                        Oracle.assertSame(
                                index.search(query, 7, SearchOptions.DEFAULT.withExact(true)),
                                Oracle.first(expected, 7),
                                spec + ", exactly");
                    }
                    graphs.close(index);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HNSW8",
                "HNSW8,SQ8,Refine(Flat)",
                "HNSW8,RaBitQ2,Refine(Flat)",
                "IVF8",
                "IVF8,RaBitQ2,Refine(Flat)"
            })
    void anOpenedIndexLivesAndItsFileStaysAsItIs(String spec) throws IOException {
        Random random = Seeds.random();
        Path file = folder.resolve("file");
        Path other = folder.resolve("other");
        ChangingIndex built = graphs.build(spec, Metric.L2, Points.gaussian(random, ROWS, D), D);
        built.save(file);
        graphs.close(built);
        byte[] bytes = Files.readAllBytes(file);

        ChangingIndex index = graphs.open(file);
        for (int id = 0; id < ROWS; id += 2) {
            assertThat(index.remove(id)).isTrue();
        }
        float[] added = Seeds.reals(random, D);
        index.add(-7, added);
        index.update(1, added);
        index.reclaim();
        index.verify(Progress.NONE);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        index.save(other);
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        index.save(file); // over the one that is mapped
        assertThat(Files.readAllBytes(file))
                .isEqualTo(Files.readAllBytes(other))
                .isNotEqualTo(bytes);
        index.add(-8, added);
        index.verify(Progress.NONE);

        for (Path saved : new Path[] {file, other}) {
            ChangingIndex opened = graphs.open(saved);
            opened.verify(Progress.NONE);
            assertThat(opened.size()).isEqualTo(ROWS / 2 + 1);
            assertThat(opened.search(added, 2).ids()).containsExactly(-7, 1);
            assertThat(LongStream.of(opened.search(added, ROWS).ids())).allMatch(id -> id % 2 != 0);
            for (int id = 0; id < ROWS; id++) {
                assertThat(opened.contains(id)).isEqualTo(id % 2 == 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.GraphContractTest#kinds")
    void anEmptyIndexIsOpenedAndFilled(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        ChangingIndex emptied = graphs.build(spec, metric, Points.gaussian(random, 5, D), D);
        for (int id = 0; id < 5; id++) {
            emptied.remove(id);
        }
        for (ChangingIndex index : new ChangingIndex[] {graphs.build(spec, metric, new float[0][], D), emptied}) {
            ChangingIndex opened = reopened(index);
            assertThat(opened.search(new float[D], 3).size()).isZero();
            for (int id = 0; id < 40; id++) {
                opened.add(id, Seeds.reals(random, D));
            }
            assertThat(opened.search(new float[D], 100).size()).isEqualTo(40);
            graphs.close(opened);
        }
    }

    /** Opened and closed at once, while its blocks are still being copied. */
    @Test
    void openingAndClosingInAHurry() throws IOException {
        Path file = folder.resolve("file");
        graphs.build("HNSW8", Metric.L2, Points.gaussian(Seeds.random(), ROWS, D), D)
                .save(file);
        for (int i = 0; i < 200; i++) {
            try (LiveIndex index = (LiveIndex) Vicino.open(file)) {
                if (i % 3 == 1) {
                    index.search(new float[D], 3);
                } else if (i % 3 == 2) {
                    index.remove(i);
                }
            }
        }
    }
}
