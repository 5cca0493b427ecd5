package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches and the order of tiles: every tile once, and never so many that the rows below a threshold would not fit. */
final class ScheduleTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 34, 610, 987, 7813, 65_536, 16_777_216})
    void everyTileHasOnePlace(int tiles) {
        long stride = TileOrder.stride(tiles);
        BitSet taken = new BitSet(tiles);
        for (long place = 0; place < tiles; place++) {
            taken.set((int) (place * stride % tiles));
        }
        assertThat(taken.cardinality()).isEqualTo(tiles);
    }

    /** The first launch of a million rows sees every part of them. */
    @Test
    void theFirstTilesGoAllOverTheRows() {
        int tiles = 7813;
        long stride = TileOrder.stride(tiles);
        BitSet eighths = new BitSet(8);
        for (long place = 0; place < Kernels.CAPACITY / Kernels.TILE_ROWS; place++) {
            eighths.set((int) (place * stride % tiles * 8 / tiles));
        }
        assertThat(eighths.cardinality()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1024})
    void launchesGrowAsTheRoomAllows(int k) {
        Schedule schedule = new Schedule(k);
        int left = 100_000;
        long seen = 0;
        int launches = 0;
        while (left > 0) {
            int tiles = schedule.next(left);
            long rows = (long) tiles * Kernels.TILE_ROWS;
            assertThat(tiles).isBetween(1, left);
            double expected = seen == 0 ? rows : (double) k * rows / seen;
            assertThat(k + expected).isLessThanOrEqualTo(Kernels.CAPACITY + k);
            left -= tiles;
            seen += rows;
            launches++;
        }
        assertThat(launches).isLessThan(14);
    }
}
