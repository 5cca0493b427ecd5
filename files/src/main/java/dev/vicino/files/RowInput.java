package dev.vicino.files;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The rows of a binary file as bytes, one after another. Not safe for use by several threads. */
final class RowInput implements AutoCloseable {
    private final Input input;
    private final Layout layout;
    private long position;

    private RowInput(Input input, Layout layout) {
        this.input = input;
        this.layout = layout;
    }

    static RowInput openVecs(Path file, Element element) throws IOException {
        return open(file, input -> VecsFormat.layout(input, element));
    }

    static RowInput openNpy(Path file, NpyContent content) throws IOException {
        return open(file, input -> NpyFormat.layout(input, content));
    }

    private static RowInput open(Path file, Header header) throws IOException {
        Input input = Input.open(file);
        try {
            return new RowInput(input, header.read(input));
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    Layout layout() {
        return layout;
    }

    Path file() {
        return input.file();
    }

    /** Rows handed out so far. */
    long position() {
        return position;
    }

    /**
     * Moves to the next row and checks the dimension before it.
     *
     * @return where in {@link #segment} its numbers begin, or −1 at the end
     */
    long next() throws IOException {
        if (position == layout.rows()) {
            return -1;
        }
        long at = input.take(layout.rowBytes());
        if (layout.prefixBytes() > 0) {
            int columns = segment().get(VecsFormat.PREFIX, at);
            if (columns != layout.columns()) {
                long offset = input.position() - layout.rowBytes();
                throw input.corrupt(
                        offset, "the dimension of row " + position, columns, layout.columns() + ", as in row 0");
            }
        }
        position++;
        return at + layout.prefixBytes();
    }

    /** The buffer in which a row lies until the next call of {@link #next}. */
    MemorySegment segment() {
        return input.segment();
    }

    /** Says that a number of the row last handed out is not one. */
    IOException corrupt(long at, int column, String expected) {
        int skipped = column * layout.element().bytes();
        Number found = layout.element().at(segment(), at + skipped, layout.order());
        long offset = input.position() - layout.rowBytes() + layout.prefixBytes() + skipped;
        return input.corrupt(offset, "row " + (position - 1) + ", column " + column, found, expected);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** Reads what stands before the first row. */
    @FunctionalInterface
    private interface Header {
        Layout read(Input input) throws IOException;
    }
}
