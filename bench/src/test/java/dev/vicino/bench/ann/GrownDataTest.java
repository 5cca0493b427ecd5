package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.Vectors;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrownDataTest {
    private static final int ROWS = 300;

    @TempDir
    private Path folder;

    private UnitData data;

    @BeforeEach
    void generate() throws IOException {
        DataSet set = new DataFolder(folder, null, ROWS).sentences();
        data = UnitData.of(set, folder, ROWS, ROWS);
    }

    @Test
    void vectorsAreOfLengthOne() throws IOException {
        try (Vectors queries = data.loadQueries();
                Vectors rows = GrownData.first(data.base(), ROWS)) {
            for (int row = 0; row < ROWS; row++) {
                assertThat(dot(rows.row(row), rows.row(row))).isCloseTo(1, within(1e-6));
                assertThat(dot(queries.row(row), queries.row(row))).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void aPartIsTheBeginning() throws IOException {
        DataSet set = new DataFolder(folder, null, ROWS).sentences();
        UnitData part = UnitData.of(set, folder, 100, 10);

        assertThat(part.vectors()).isEqualTo(100);
        assertThat(part.name()).isNotEqualTo(data.name());
        try (Vectors all = GrownData.first(data.base(), ROWS);
                Vectors some = GrownData.first(part.base(), ROWS)) {
            assertThat(some.size()).isEqualTo(100);
            assertThat(some.row(99)).isEqualTo(all.row(99));
        }
    }

    @Test
    void grownVectorsLieNearTheirOwn() throws IOException {
        Path file = new GrownData(data, 2 * ROWS + 10).file(folder, 1);

        try (Vectors grown = GrownData.first(file, Integer.MAX_VALUE >> 12)) {
            assertThat(grown.size()).isEqualTo(2 * ROWS + 10);
            for (int row = 0; row < ROWS; row++) {
                float[] copy = grown.row(ROWS + row);
                assertThat(dot(copy, copy)).isCloseTo(1, within(1e-6));
                assertThat(dot(grown.row(row), copy)).isBetween(0.5, 0.9999);
            }
        }
    }

    @Test
    void asManyAsThereAreAreTheSameInAnotherOrder() throws IOException {
        Path file = new GrownData(data, ROWS).file(folder, 1);

        try (Vectors grown = GrownData.first(file, ROWS);
                Vectors rows = GrownData.first(data.base(), ROWS)) {
            assertThat(all(grown))
                    .containsExactlyInAnyOrderElementsOf(all(rows))
                    .isNotEqualTo(all(rows));
        }
    }

    /** Rows that can be compared. */
    private static List<String> all(Vectors rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(row -> Arrays.toString(rows.row(row)))
                .toList();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
