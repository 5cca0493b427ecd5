package dev.vicino.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Vectors into an fvecs file. */
final class FvecsWriter implements VectorWriter {
    private final Path file;
    private final Output output;
    private final int dimension;
    private long position;

    FvecsWriter(Path file, int dimension) throws IOException {
        this.file = file;
        this.dimension = dimension;
        this.output = Output.create(file);
    }

    @Override
    public void write(float[] row) throws IOException {
        RowChecks.requireWritable(row, dimension, position);
        int rowBytes = VecsFormat.PREFIX_BYTES + dimension * Float.BYTES;
        ByteBuffer buffer = output.room(rowBytes);
        int end = buffer.position() + rowBytes;
        buffer.putInt(dimension).asFloatBuffer().put(row);
        buffer.position(end);
        position++;
    }

    @Override
    public void commit() throws IOException {
        if (position == 0) {
            throw new IOException(
                    file + ": no rows to write, expected at least one: only npy holds a collection of none");
        }
        output.commit();
    }

    @Override
    public void close() {
        output.close();
    }
}
