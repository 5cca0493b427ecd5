package dev.vicino.tree;

import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * Rows that lie one behind the other, in memory or in a file, but for the extreme ones. A slot is the number of a row.
 *
 * @param places row numbers
 */
record StoredRows(Rows rows, Norms norms, int[] places) implements Batch {
    /** All that are not extreme. */
    static StoredRows of(Rows rows, Norms norms) {
        int[] places = IntStream.range(0, rows.size())
                .filter(row -> !norms.isExtremeRow(row))
                .toArray();
        return new StoredRows(rows, norms, places);
    }

    /** The extreme ones. */
    Aside aside() {
        int[] extremes = norms.extremes();
        float[][] extremeRows = new float[extremes.length][rows.dimension()];
        for (int i = 0; i < extremes.length; i++) {
            copy(extremes[i], extremeRows[i]);
        }
        return new Aside(extremes, extremeRows);
    }

    private void copy(int row, float[] into) {
        MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(row), into, 0, into.length);
    }

    @Override
    public int size() {
        return places.length;
    }

    @Override
    public int dimension() {
        return rows.dimension();
    }

    @Override
    public int slot(int place) {
        return places[place];
    }

    @Override
    public void row(int place, float[] into) {
        copy(places[place], into);
    }

    @Override
    public float norm(int place) {
        return norms.memory().get(places[place]);
    }
}
