package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.card.HostRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where rows lie, and in what blocks they travel. */
final class GpuRowsTest {
    private static final Limits LIMITS = new Limits(8, 1, 1 << 16, 0.9);

    /** Rows of zeros. */
    private record Zeros(int size, int dimension, MemorySegment values) implements HostRows {
        Zeros(Arena arena, int size, int dimension) {
            this(size, dimension, arena.allocate((long) size * dimension * Float.BYTES, Float.BYTES));
        }

        @Override
        public void terms(int from, int count, float[] scales, float[] terms) {}
    }

    @Test
    void rowsLieOnTheCardWhereTheyFit() {
        try (Arena arena = Arena.ofShared()) {
            HostRows rows = new Zeros(arena, 100_000, 32);
            assertThat(isResident(rows, 1L << 30)).isTrue();
            assertThat(isResident(rows, 7_000_000)).isFalse(); // 7.6 MB are needed for the rows alone
        }
    }

    private static boolean isResident(HostRows rows, long capacity) {
        FakeDriver driver = new FakeDriver(capacity, new Random(1));
        try (GpuRows loaded = GpuRows.load(driver, 0, rows, LIMITS)) {
            return loaded.isResident();
        } finally {
            assertThat(driver.hasNothing()).isTrue();
        }
    }

    /** Whole tiles, of as many bytes as may be, and no more than there are rows. */
    @ParameterizedTest
    @CsvSource({"0,10,1000,128", "1,10,1000,128", "129,10,1000000,256", "100000,16,1048576,16384", "5000,65536,1000,128"
    })
    void blocksAreWholeTiles(int size, int dimension, long bytes, int expected) {
        assertThat(RowStream.blockRows(new Zeros(size, dimension, MemorySegment.NULL), bytes))
                .isEqualTo(expected);
    }
}
