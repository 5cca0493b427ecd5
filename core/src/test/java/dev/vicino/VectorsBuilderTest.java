package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.testing.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices that grow row by row. */
@ExtendWith(Seeds.class)
final class VectorsBuilderTest {
    private static final float[][] ROWS = Seeds.realRows(Seeds.random(), 3000, 3);

    private static void assertHolds(Vectors vectors, int count) {
        assertThat(vectors.size()).isEqualTo(count);
        for (int r = 0; r < count; r++) {
            assertThat(vectors.row(r)).as("row %s", r).isEqualTo(ROWS[r]);
        }
    }

    private static void add(Vectors.Builder builder, int from, int to) {
        for (int r = from; r < to; r++) {
            builder.add(ROWS[r]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 129, 3000})
    void keepsEveryRowWhileItGrows(int count) {
        Vectors.Builder builder = Vectors.builder(3);
        add(builder, 0, count);
        try (Vectors vectors = builder.build()) {
            assertHolds(vectors, count);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 3000, 5000})
    void keepsEveryRowWhateverWasReserved(int reserved) {
        Vectors.Builder builder = Vectors.builder(3).reserve(reserved);
        add(builder, 0, 70);
        builder.reserve(90).reserve(10);
        add(builder, 70, 3000);
        try (Vectors vectors = builder.build()) {
            assertHolds(vectors, 3000);
        }
    }

    @Test
    void copiesTheRow() {
        float[] row = {1, 2, 3};
        Vectors.Builder builder = Vectors.builder(3).add(row);
        row[0] = 9;
        try (Vectors vectors = builder.build()) {
            assertThat(vectors.row(0)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void isEmptyOnceItHasBuilt() {
        Vectors.Builder builder = Vectors.builder(3);
        add(builder, 0, 5);
        try (Vectors first = builder.build()) {
            add(builder, 0, 2);
            try (Vectors second = builder.build();
                    Vectors third = builder.build()) {
                assertHolds(first, 5);
                assertHolds(second, 2);
                assertHolds(third, 0);
            }
            builder.close();
            assertHolds(first, 5);
        }
    }

    /** Rows whose memory was freed must not come back as rows of nothing. */
    @Test
    void isEmptyOnceItIsClosed() {
        Vectors.Builder builder = Vectors.builder(3);
        add(builder, 0, 5);
        builder.close();
        builder.close();
        add(builder, 0, 2);
        try (Vectors vectors = builder.build()) {
            assertHolds(vectors, 2);
        }
    }

    @Test
    void refusesARowOfAnotherLengthAndGoesOn() {
        Vectors.Builder builder = Vectors.builder(3);
        add(builder, 0, 2);
        for (float[] row : new float[][] {{}, {1, 2}, {1, 2, 3, 4}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.add(row))
                    .withMessageContaining("row 2")
                    .withMessageContaining("dimension " + row.length + ", expected 3");
        }
        add(builder, 2, 3);
        try (Vectors vectors = builder.build()) {
            assertHolds(vectors, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Vectors.MAX_SIZE + 1L, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE})
    void refusesToReserveMoreRowsThanThereCanBe(long rows) {
        try (Vectors.Builder builder = Vectors.builder(3)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.reserve(rows))
                    .withMessageContaining("rows = " + rows)
                    .withMessageContaining("expected 0.." + Vectors.MAX_SIZE);
        }
    }
}
