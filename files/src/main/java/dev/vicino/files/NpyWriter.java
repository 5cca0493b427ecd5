package dev.vicino.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Vectors into an npy file of float32. */
final class NpyWriter implements VectorWriter {
    private final Output output;
    private final int dimension;
    private long position;

    NpyWriter(Path file, int dimension) throws IOException {
        this.dimension = dimension;
        this.output = Output.create(file);
        // Holds the place of the true header, which is known on commit.
        output.room(NpyFormat.WRITTEN_HEADER_BYTES).put(header(0));
    }

    @Override
    public void write(float[] row) throws IOException {
        RowChecks.requireWritable(row, dimension, position);
        ByteBuffer buffer = output.room(dimension * Float.BYTES);
        int end = buffer.position() + dimension * Float.BYTES;
        buffer.asFloatBuffer().put(row);
        buffer.position(end);
        position++;
    }

    @Override
    public void commit() throws IOException {
        output.overwriteStart(header(position));
        output.commit();
    }

    @Override
    public void close() {
        output.close();
    }

    private ByteBuffer header(long rows) {
        return NpyFormat.header(Element.FLOAT32, rows, dimension);
    }
}
