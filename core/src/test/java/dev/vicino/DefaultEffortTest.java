package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vicino.testing.Points;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index under another effort is the same index. */
final class DefaultEffortTest {
    private static final float[][] ROWS = Points.gaussian(new Random(3), 2000, 24);
    private static final float[] QUERY = Points.gaussian(new Random(4), 1, 24)[0];

    private static VectorIndex graph() {
        return Vicino.index(Vectors.of(ROWS)).spec("HNSW8").threads(1).build();
    }

    @Test
    void searchesThatNameNoneHaveIt() {
        try (VectorIndex index = graph()) {
            VectorIndex low = index.withDefaultEffort(11);
            assertThat(low.defaultEffort()).isEqualTo(11);
            assertThat(low.spec()).hasToString("HNSW8(efSearch=11)");
            assertThat(index.defaultEffort()).isEqualTo(64);
            assertThat(low.search(QUERY, 10).work())
                    .isEqualTo(index.search(QUERY, 10, SearchOptions.DEFAULT.withEffort(11))
                            .work());
            assertThat(low.search(QUERY, 10).work().exact())
                    .isLessThan(index.search(QUERY, 10).work().exact());
        }
    }

    @Test
    void theFileSaysIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("index");
        try (VectorIndex index = graph()) {
            index.withDefaultEffort(17).save(file);
        }
        try (VectorIndex opened = Vicino.open(file)) {
            assertThat(opened.defaultEffort()).isEqualTo(17);
            opened.withDefaultEffort(19).save(file);
        }
        assertThat(IndexInfo.read(file).spec()).isEqualTo("HNSW8(efSearch=19)");
    }

    @Test
    void closingOneClosesTheOtherOnce() {
        VectorIndex index = graph();
        VectorIndex other = index.withDefaultEffort(5);
        other.close();
        index.close();
        assertThatIllegalStateException().isThrownBy(() -> index.search(QUERY, 1));
        assertThatIllegalStateException().isThrownBy(() -> other.search(QUERY, 1));
    }

    @Test
    void exactSearchHasNone() {
        try (VectorIndex index = Vicino.index(Vectors.of(ROWS)).build()) {
            assertThat(index.withDefaultEffort(5)).isEqualTo(index);
        }
    }
}
