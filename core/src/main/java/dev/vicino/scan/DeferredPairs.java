package dev.vicino.scan;

import java.util.Arrays;

/**
 * Pairs of a query and a row that may be near to each other, put off until thresholds have fallen: a list for every tile of rows and
 * queries, in the order of the tiles, each pair with a lower bound of its distance.
 */
final class DeferredPairs {
    private static final int FIRST_TILES = 1 << 10;

    /** Places in their tile, and bounds; a NaN for a pair that was not put off after all. */
    int[] places = new int[0];

    float[] lower = new float[0];
    private int size;

    private int[] rows = new int[FIRST_TILES];
    private int[] lanes = new int[FIRST_TILES];
    private int[] ends = new int[FIRST_TILES];
    private int tiles;

    /** Makes room for so many more pairs. */
    void reserve(int pairs) {
        if (places.length - size < pairs) {
            int length = size + Math.max(size, pairs);
            places = Arrays.copyOf(places, length);
            lower = Arrays.copyOf(lower, length);
        }
    }

    /** Closes a tile whose pairs were written behind the last ones. */
    void add(int row, int lane, int end) {
        if (tiles == rows.length) {
            rows = Arrays.copyOf(rows, 2 * tiles);
            lanes = Arrays.copyOf(lanes, 2 * tiles);
            ends = Arrays.copyOf(ends, 2 * tiles);
        }
        rows[tiles] = row;
        lanes[tiles] = lane;
        ends[tiles] = end;
        tiles++;
        size = end;
    }

    /** Drops the pairs whose bound is above the threshold of their query, and tiles that are left empty. */
    void keepNear(float[] thresholds, int group) {
        int kept = 0;
        int keptTiles = 0;
        int from = 0;
        for (int tile = 0; tile < tiles; tile++) {
            int end = ends[tile];
            int first = kept;
            for (int i = from; i < end; i++) {
                int place = places[i];
                float bound = lower[i];
                places[kept] = place;
                lower[kept] = bound;
                kept += bound <= thresholds[lanes[tile] + (place & (group - 1))]
                        ? 1
                        : 0; // no branch that could not be foreseen
            }
            from = end;
            if (kept > first) {
                rows[keptTiles] = rows[tile];
                lanes[keptTiles] = lanes[tile];
                ends[keptTiles++] = kept;
            }
        }
        tiles = keptTiles;
        size = kept;
    }

    void clear() {
        size = 0;
        tiles = 0;
    }

    int size() {
        return size;
    }

    int tiles() {
        return tiles;
    }

    /** The first row of a tile. */
    int row(int tile) {
        return rows[tile];
    }

    /** The first query of a tile. */
    int lane(int tile) {
        return lanes[tile];
    }

    /** Where the pairs of a tile begin; they end where those of the next begin. */
    int from(int tile) {
        return tile == 0 ? 0 : ends[tile - 1];
    }
}
