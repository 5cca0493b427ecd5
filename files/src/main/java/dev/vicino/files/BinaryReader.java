package dev.vicino.files;

import java.io.IOException;

/** Vectors from fvecs, bvecs, ivecs or npy. */
final class BinaryReader implements VectorReader {
    private final RowInput rows;
    private final FloatDecoder decoder;

    BinaryReader(RowInput rows) {
        this.rows = rows;
        this.decoder = FloatDecoder.of(rows.layout());
    }

    /** Where in the file the vectors lie. */
    Layout layout() {
        return rows.layout();
    }

    @Override
    public int dimension() {
        return rows.layout().columns();
    }

    @Override
    public long count() {
        return rows.layout().rows();
    }

    @Override
    public long position() {
        return rows.position();
    }

    @Override
    public boolean read(float[] row) throws IOException {
        RowChecks.requireLength(row, dimension());
        long at = rows.next();
        if (at < 0) {
            return false;
        }
        decoder.decode(rows.segment(), at, row);
        int column = RowChecks.firstNotFinite(row);
        if (column >= 0) {
            throw rows.corrupt(at, column, "a finite number that a float32 holds");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
