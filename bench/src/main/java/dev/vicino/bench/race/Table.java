package dev.vicino.bench.race;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table in plain text: columns as wide as their widest cell, two blanks apart. */
public final class Table {
    /** What stands in a cell that has nothing to show. */
    public static final String NOTHING = "-";

    private Table() {}

    /**
     * Lines of a table.
     *
     * @param head titles of the columns
     * @param rows of as many cells
     * @return the head and a line for each row; none where there are no rows
     */
    public static List<String> lines(List<String> head, Stream<List<String>> rows) {
        List<List<String>> all = Stream.concat(Stream.of(head), rows).toList();
        if (all.size() == 1) {
            return List.of();
        }
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
