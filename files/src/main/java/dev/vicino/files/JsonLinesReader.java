package dev.vicino.files;

import java.io.IOException;
import java.nio.file.Path;

/** Vectors from JSON lines; the first line decides their dimension. */
final class JsonLinesReader implements VectorReader {
    private final LineInput lines;
    private final JsonRow json;
    private final int dimension;
    private boolean ahead = true; // whether json holds a row that was not handed out yet
    private long position;

    private JsonLinesReader(LineInput lines) throws IOException {
        this.lines = lines;
        this.json = new JsonRow(lines);
        if (!lines.next()) {
            throw lines.corrupt(0, "the file", "blank: it has no rows", "at least one row");
        }
        json.parse(0);
        this.dimension = json.length();
    }

    static JsonLinesReader open(Path file) throws IOException {
        LineInput lines = LineInput.open(file);
        try {
            return new JsonLinesReader(lines);
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public long count() {
        return -1;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean read(float[] row) throws IOException {
        RowChecks.requireLength(row, dimension);
        if (!ahead && !parseNext()) {
            return false;
        }
        ahead = false;
        System.arraycopy(json.values(), 0, row, 0, dimension);
        position++;
        return true;
    }

    private boolean parseNext() throws IOException {
        if (!lines.next()) {
            return false;
        }
        json.parse(position);
        if (json.length() != dimension) {
            throw lines.corrupt(
                    lines.offset(),
                    json.where(),
                    json.length() + " numbers long",
                    dimension + ", the dimension of the first row");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
