package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.format.Header;
import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The codes of a pruned scan in an index file: they come back as they were, or the file is refused. */
@ExtendWith(Seeds.class)
final class PruningCodesFileTest {
    private static final int ROWS = 4300;
    private static final int D = 160;
    private static final int QUERIES = 12;

    /** Where the numbers of section 'prune.facts' stand, in numbers. */
    private static final int COMPONENTS = 0;

    private static final int COMMON_FACTS = 3;

    @TempDir
    private Path folder;

    private Path file;
    private float[][] rows;

    @BeforeEach
    void save() throws IOException {
        rows = HardRows.DECAYING.rows(Seeds.random(), ROWS, D);
        file = save("index", Metric.L2, "Flat", rows);
    }

    private Path save(String name, Metric metric, String spec, float[][] of) throws IOException {
        Path path = folder.resolve(name);
        try (VectorIndex index =
                Vicino.index(Vectors.of(of)).metric(metric).spec(spec).build()) {
            index.save(path);
        }
        return path;
    }

    private static List<String> sections(Path path) throws IOException {
        try (IndexFile index = IndexFile.open(path)) {
            return index.header().sections().stream().map(Header.Section::name).toList();
        }
    }

    /** An index that was never searched and the same from a file go about every search alike. */
    @ParameterizedTest
    @EnumSource
    void answersAndPlansAreTheSame(Metric metric) throws IOException {
        float[][] queries = HardRows.queries(Seeds.random(), rows, QUERIES);
        try (VectorIndex built = Vicino.index(Vectors.of(rows)).metric(metric).build();
                VectorIndex opened = Vicino.open(save("other", metric, "Flat", rows))) {
            List<Neighbors> expected = ask(built, queries);
            List<Neighbors> found = ask(opened, queries);
            List<String> plans = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                Oracle.assertSame(found.get(i), expected.get(i), metric + ", answer " + i);
                assertThat(found.get(i).work()).isEqualTo(expected.get(i).work());
                plans.add(found.get(i).work().plan());
            }
            assertThat(plans).contains(metric == Metric.L1 ? "pruned by codes" : "pruned by components and codes");
        }
    }

    private static List<Neighbors> ask(VectorIndex index, float[][] queries) {
        List<Neighbors> answers = new ArrayList<>();
        for (float[] query : queries) {
            answers.add(index.search(query, 10));
        }
        try (Vectors batch = Vectors.of(queries)) {
            answers.addAll(index.searchAllWithin(batch, 0.5f, SearchOptions.DEFAULT));
        }
        return answers;
    }

    @ParameterizedTest
    @EnumSource(names = {"MIXED_NORMS", "ALL_EQUAL", "DENORMALS", "ZEROS", "BEHIND_A_CONSTANT_SAMPLE"})
    void codesOfHardRowsComeBack(HardRows kind) throws IOException {
        Random random = Seeds.random();
        float[][] hard = kind.rows(random, ROWS, 33);
        float[][] queries = HardRows.queries(random, hard, QUERIES);
        for (Metric metric : Metric.values()) {
            Path saved = save("hard", metric, "Flat", hard);
            try (VectorIndex built =
                            Vicino.index(Vectors.of(hard)).metric(metric).build();
                    VectorIndex opened = Vicino.open(saved)) {
                List<Neighbors> expected = ask(built, queries);
                List<Neighbors> found = ask(opened, queries);
                for (int i = 0; i < expected.size(); i++) {
                    Oracle.assertSame(found.get(i), expected.get(i), metric + ", answer " + i);
                }
            }
        }
    }

    @Test
    void aFileHasJustTheSectionsThatItNeeds() throws IOException {
        List<String> full = List.of("prune.facts", "prune.mean", "prune.terms", "prune.full", "prune.full.scales");
        List<String> prefix = List.of("prune.basis", "prune.prefix", "prune.prefix.scales", "prune.tails");
        assertThat(sections(file)).containsAll(full).containsAll(prefix);
        assertThat(sections(save("l1", Metric.L1, "Flat", rows)))
                .containsAll(full)
                .doesNotContainAnyElementsOf(prefix);
        float[][] few = Arrays.copyOf(rows, 4095);
        float[][] narrow = HardRows.ISOTROPIC.rows(Seeds.random(), ROWS, 31);
        for (Path without : List.of(
                save("scanned", Metric.L2, "Flat(prune=false)", rows),
                save("few", Metric.L2, "Flat", few),
                save("narrow", Metric.L2, "Flat", narrow))) {
            assertThat(sections(without)).noneMatch(name -> name.startsWith("prune."));
            try (VectorIndex opened = Vicino.open(without)) {
                float[] query = new float[opened.dimension()];
                assertThat(opened.search(query, 1).work().plan()).isEqualTo("scan");
            }
        }
    }

    /** Expects the file with a change, and a header that fits, to be refused in these words. */
    private void assertRefused(Consumer<IndexBytes> change, String... words) throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        change.accept(bytes);
        Path changed = bytes.seal().write(folder.resolve("changed"));
        assertThatThrownBy(() -> Vicino.open(changed).close())
                .isInstanceOf(CorruptFileException.class)
                .message()
                .contains(changed.toString())
                .contains(words);
    }

    /** Where in the file a number of section 'prune.facts' stands. */
    private static int fact(IndexBytes bytes, int number) {
        int entry = bytes.entry("prune.facts");
        return (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_OFFSET) + number * Double.BYTES;
    }

    @Test
    void factsThatAreNoNumbersFromZeroOnAreRefused() throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        int facts = (int) bytes.buffer.getLong(bytes.entry("prune.facts") + IndexBytes.SECTION_LENGTH) / Double.BYTES;
        assertThat(facts).isGreaterThan(COMMON_FACTS + 4);
        for (int number = 0; number < facts; number++) {
            for (double wrong :
                    new double[] {Double.NaN, -1, -Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
                    }) {
                int place = number;
                assertRefused(changed -> changed.buffer.putDouble(fact(changed, place), wrong), "'prune.facts'");
            }
        }
    }

    /** The message tells the place in the file, not in the section. */
    @Test
    void aWrongFactIsPointedAt() throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        for (int number : new int[] {1, COMMON_FACTS, COMMON_FACTS + 5}) {
            int at = fact(bytes, number);
            assertRefused(changed -> changed.buffer.putDouble(at, Double.NaN), "'prune.facts'", "at byte " + at + ",");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 31.999, 33, D - 1, D, D + 1, 1e9, 1e300})
    void anotherNumberOfComponentsIsRefused(double components) throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        assertThat(bytes.buffer.getDouble(fact(bytes, COMPONENTS))).isPositive().isNotEqualTo(components);
        assertRefused(
                changed -> changed.buffer.putDouble(fact(changed, COMPONENTS), components), "section 'prune.facts'");
    }

    @Test
    void sectionsOfAnotherLengthAreRefused() throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        List<String> names = sections(file).stream()
                .filter(name -> name.startsWith("prune."))
                .toList();
        assertThat(names).hasSize(9);
        for (String name : names) {
            int at = bytes.entry(name) + IndexBytes.SECTION_LENGTH;
            long length = bytes.buffer.getLong(at);
            for (long wrong : new long[] {0, 1, 8, length - 1, length - 64, length + 1, 1 << 20, Long.MAX_VALUE}) {
                assertRefused(changed -> changed.buffer.putLong(at, wrong), "'" + name + "'");
            }
        }
    }

    @Test
    void sectionsThatAreMissingAreNamed() throws IOException {
        for (String name : sections(file)) {
            if (name.startsWith("prune.") && !name.equals("prune.facts")) {
                assertRefused(changed -> changed.array[changed.entry(name)] = 'X', "'" + name + "'", "missing");
            }
        }
    }

    /** Under L1 there is no prefix, so a file that has one is none of ours. */
    @Test
    void componentsUnderAMetricThatHasNoneAreRefused() throws IOException {
        byte[] l1 = "l1".getBytes(StandardCharsets.US_ASCII);
        assertRefused(changed -> System.arraycopy(l1, 0, changed.array, IndexBytes.METRIC, l1.length), "prune.facts");
    }

    @Test
    void anOpenedIndexAnswersWhileItsCodesAreLoaded() throws IOException {
        try (VectorIndex built =
                Vicino.index(Vectors.of(rows)).metric(Metric.L2).build()) {
            float[][] queries = HardRows.queries(Seeds.random(), rows, QUERIES);
            List<Neighbors> expected = ask(built, queries);
            for (int round = 0; round < 10; round++) {
                try (VectorIndex opened = Vicino.open(file)) {
                    List<Neighbors> found = ask(opened, queries);
                    for (int i = 0; i < found.size(); i++) {
                        Oracle.assertSame(found.get(i), expected.get(i), "round " + round + ", answer " + i);
                    }
                    assertThat(found.getFirst().work().plan()).startsWith("pruned by");
                }
            }
        }
    }

    /** The thread that loads codes reads mapped memory, which closing takes away. */
    @Test
    void closingRightAfterOpeningHarmsNothing() throws IOException {
        float[] query = rows[0];
        for (int round = 0; round < 100; round++) {
            VectorIndex opened = Vicino.open(file);
            if (round % 3 == 0) {
                assertThat(opened.search(query, 1).id(0)).isZero();
            }
            opened.close();
        }
        assertThat(Files.exists(file)).isTrue();
    }
}
