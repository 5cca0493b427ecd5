package dev.vicino.cli;

import dev.vicino.Neighbors;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The ids of neighbours as a file: a row a query, nearest first, filled up with −1 where others have more. */
final class IdTable {
    /** What a row of a file of ids holds at most. */
    static final int MAX_COLUMNS = 65_536;

    /** Stands where a query has no further neighbour. */
    static final long MISSING = -1;

    private IdTable() {}

    /**
     * Writes the ids to an npy file of int64 or an ivecs file, as its name tells; whole or not at all.
     *
     * @param found for at least one query
     * @throws IllegalArgumentException when a query has more than {@value #MAX_COLUMNS} neighbours
     */
    static void write(Path file, List<Neighbors> found) throws IOException {
        long[][] table = of(found);
        Interruptible.run(() -> IdFiles.write(file, table));
    }

    /** @throws IllegalArgumentException when a row of a file does not hold so many ids */
    static void requireColumns(int neighbours) {
        if (neighbours > MAX_COLUMNS) {
            throw new IllegalArgumentException(
                    "neighbours a query = %d, expected at most %d, which a row of a file holds; --k limits them"
                            .formatted(neighbours, MAX_COLUMNS));
        }
    }

    private static long[][] of(List<Neighbors> found) {
        int columns = found.stream().mapToInt(Neighbors::size).max().orElse(0);
        requireColumns(columns);
        int width = Math.max(1, columns); // a file has at least one column
        return found.stream().map(neighbors -> row(neighbors.ids(), width)).toArray(long[][]::new);
    }

    private static long[] row(long[] ids, int width) {
        long[] row = Arrays.copyOf(ids, width);
        Arrays.fill(row, ids.length, width, MISSING);
        return row;
    }
}
