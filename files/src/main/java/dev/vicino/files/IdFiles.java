package dev.vicino.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * Reads and writes tables and lists of ids: npy of int32, int64 or uint32 in either byte order, ivecs, and text. Ids
 * are handed on as they stand, negative ones too (some tools write −1 where a neighbour is missing).
 */
public final class IdFiles {
    /** Not every JVM has longer arrays. */
    private static final long MAX_ARRAY = Integer.MAX_VALUE - 8;

    /** What an array costs beside its contents. */
    private static final int ARRAY_HEADER_BYTES = 24;

    /**
     * What an id of a growing list costs at worst: 8 bytes three times, in the list so far, in room to spare and in the
     * array.
     */
    private static final int GROWING_ID_BYTES = 3 * Long.BYTES;

    private static final String TEXT_ENDING = ".txt";

    private IdFiles() {}

    /**
     * Reads a table, such as the ids of the k nearest neighbours of each query.
     *
     * @param file npy with one or two dimensions, or ivecs
     * @return a row of ids for each row of the file; rows of one id for an npy file of one dimension
     * @throws dev.vicino.io.CorruptFileException when the file is not what its format requires
     * @throws IOException also when the table would take more than half of the heap
     */
    public static long[][] table(Path file) throws IOException {
        try (RowInput rows = open(file)) {
            Layout layout = rows.layout();
            requireRoom(file, layout.rows(), "rows", ARRAY_HEADER_BYTES + (long) layout.columns() * Long.BYTES);
            long[][] table = new long[(int) layout.rows()][layout.columns()];
            IdDecoder decoder = IdDecoder.of(layout);
            for (long[] row : table) {
                decoder.decode(rows.segment(), rows.next(), row, 0);
            }
            return table;
        }
    }

    /**
     * Reads a list, such as the ids that a search may return.
     *
     * @param file text with an id a line if its name ends in {@code .txt}, else as for {@link #table}, all rows joined
     * @throws dev.vicino.io.CorruptFileException when the file is not what its format requires
     * @throws IOException also when the list would take more than half of the heap
     */
    public static long[] list(Path file) throws IOException {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(TEXT_ENDING) ? textList(file) : binaryList(file);
    }

    /**
     * Writes a table; the file appears whole or not at all.
     *
     * @param file its ending tells the format: {@code .npy} of int64, or {@code .ivecs} of int32
     * @param table at least one row; rows of equal length, 1 to 65,536 ids each
     * @throws IllegalArgumentException for another ending, an empty or ragged table, or an id that int32 cannot hold in
     *     ivecs
     */
    public static void write(Path file, long[][] table) throws IOException {
        boolean npy = isNpy(file);
        try (Output output = Output.create(file)) {
            var writer = new IdWriter(output, table);
            if (npy) {
                writer.npy();
            } else {
                writer.ivecs();
            }
            output.commit();
        }
    }

    private static long[] binaryList(Path file) throws IOException {
        try (RowInput rows = open(file)) {
            Layout layout = rows.layout();
            int columns = layout.columns();
            requireRoom(file, layout.rows() * columns, "ids", Long.BYTES);
            long[] list = new long[(int) layout.rows() * columns];
            IdDecoder decoder = IdDecoder.of(layout);
            for (int row = 0; row < layout.rows(); row++) {
                decoder.decode(rows.segment(), rows.next(), list, row * columns);
            }
            return list;
        }
    }

    private static long[] textList(Path file) throws IOException {
        LongStream.Builder ids = LongStream.builder();
        long count = 0;
        try (LineInput lines = LineInput.open(file)) {
            while (lines.next()) {
                requireRoom(file, ++count, "ids", GROWING_ID_BYTES);
                ids.add(id(lines));
            }
        }
        return ids.build().toArray();
    }

    private static long id(LineInput line) throws IOException {
        try {
            return Long.parseLong(line.text());
        } catch (NumberFormatException e) {
            var corrupt = line.corrupt(line.offset(), "line " + line.number(), line.excerpt(), "an id: a whole number");
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    private static RowInput open(Path file) throws IOException {
        return isNpy(file) ? RowInput.openNpy(file, NpyContent.IDS) : RowInput.openVecs(file, Element.INT32);
    }

    /** Whether the file is npy rather than ivecs. */
    private static boolean isNpy(Path file) {
        Format format = Format.of(file);
        if (format != Format.NPY && format != Format.IVECS) {
            throw new IllegalArgumentException(
                    "file = " + file + ", expected ids in a file that ends in .npy or .ivecs");
        }
        return format == Format.NPY;
    }

    /** @param bytesEach what one of the things counted takes in the heap */
    private static void requireRoom(Path file, long count, String things, long bytesEach) throws IOException {
        long most = Math.min(MAX_ARRAY, Runtime.getRuntime().maxMemory() / 2 / bytesEach);
        if (count > most) {
            throw new IOException("%s has %d %s, expected at most %d, which take half of the heap; -Xmx makes it larger"
                    .formatted(file, count, things, most));
        }
    }
}
