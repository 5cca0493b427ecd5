package dev.vicino;

import dev.vicino.code.Code;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Codes;
import dev.vicino.code.Sphere;
import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowSnapshot;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an index off the heap, and who reads them: float32, or each written by a code in fewer bytes. Then whatever is said of
 * a row is said of what its code stands for.
 *
 * @param memory of the rows, one behind the other
 * @param code null where they are float32
 */
record StoredRows(Memory memory, @Nullable Code code, int size, int dimension, Lifetime lifetime)
        implements AutoCloseable {
    /** Rows that show which values others have. */
    private static final int LEAST_LEARNT = 32;

    private static final int ROWS_AT_ONCE = 1024;

    /** Rows have no heights: whoever compares nodes knows these by the norms. */
    private static final Sphere NO_SPHERE = new Sphere(0);

    /** Float32 rows off the heap, which are shared with the vectors. */
    static StoredRows of(Vectors vectors) {
        return new StoredRows(vectors.memory(), null, vectors.size(), vectors.dimension(), vectors.lifetime());
    }

    /**
     * The rows of vectors as a spec wants them. The vectors stay as they are, and may be what is kept.
     *
     * @throws IllegalArgumentException for a value that is not finite, or too few rows to learn a code from
     */
    static StoredRows of(Vectors vectors, IndexSpec spec, Form form, int threads) {
        CodeKind kind = CodeKinds.ofRows(spec.refine());
        if (!spec.normalised()) {
            return of(vectors, kind, form, threads);
        }
        Vectors unit = vectors.normalised();
        boolean kept = false;
        try {
            StoredRows rows = of(unit, kind, form, threads);
            kept = rows.lifetime() == unit.lifetime();
            return rows;
        } finally {
            if (!kept) {
                unit.close();
            }
        }
    }

    /**
     * The rows of vectors, which stay as they are.
     *
     * @param kind how they are written
     * @throws IllegalArgumentException for a value that is not finite, or too few rows to learn the code from
     */
    private static StoredRows of(Vectors vectors, CodeKind kind, Form form, int threads) {
        if (kind instanceof CodeKind.Float32) {
            return of(vectors.offHeap());
        }
        if (kind instanceof CodeKind.Int8 && vectors.size() < LEAST_LEARNT) {
            throw new IllegalArgumentException("n = " + vectors.size() + ", expected at least " + LEAST_LEARNT
                    + " vectors, from which Refine(SQ8) learns the ranges of values");
        }
        vectors.lifetime().enter();
        try {
            Code code = Codes.learn(kind, form, vectors.dimension(), NO_SPHERE, vectors.sample(), threads);
            Memory memory = Memory.allocate((long) vectors.size() * code.bytes());
            StoredRows rows =
                    new StoredRows(memory, code, vectors.size(), vectors.dimension(), new Lifetime("vectors"));
            try {
                Parallel.run(
                        Math.ceilDiv(rows.size, ROWS_AT_ONCE), threads, piece -> rows.encode(vectors, code, piece));
            } catch (Throwable e) {
                memory.close();
                throw e;
            }
            return rows;
        } finally {
            vectors.lifetime().exit();
        }
    }

    private void encode(Vectors vectors, Code code, int piece) {
        Code.Encoder encoder = code.encoder();
        float[] row = new float[dimension];
        int end = Math.min(size, (piece + 1) * ROWS_AT_ONCE);
        for (int i = piece * ROWS_AT_ONCE; i < end; i++) {
            vectors.copyRow(i, row);
            if (!(Norms.of(row) < Double.POSITIVE_INFINITY)) {
                throw Norms.notFinite("row " + i, row);
            }
            encoder.encode(row, memory.segment(), (long) i * code.bytes());
        }
    }

    /**
     * Those of a file.
     *
     * @throws CorruptFileException when the sections are not what the format requires
     */
    static StoredRows open(IndexFile file, CodeKind kind, Form form) throws CorruptFileException {
        if (kind instanceof CodeKind.Float32) {
            return of(Sections.rows(file));
        }
        int size = file.header().size();
        int dimension = file.header().dimension();
        Memory section = file.section(RowSnapshot.CODE);
        Code code = section == null ? null : Codes.open(kind, form, dimension, NO_SPHERE, section);
        if (code == null) {
            throw new CorruptFileException(
                    file.path(),
                    file.offset(RowSnapshot.CODE),
                    "section '" + RowSnapshot.CODE + "'",
                    section == null ? "missing" : section.bytes() + " bytes",
                    "finite parameters of the code");
        }
        Memory memory = file.section(RowSnapshot.ROWS, (long) size * code.bytes());
        return new StoredRows(memory, code, size, dimension, new Lifetime("vectors"));
    }

    /** The norms of all rows; the caller frees them. */
    Norms norms(boolean inverse, Progress progress) {
        if (code == null) {
            return Norms.compute(rows(), inverse, progress);
        }
        Norms norms = Norms.empty(size, inverse);
        float[] row = new float[dimension];
        for (int i = 0; i < size; i++) {
            code.decode(memory.segment(), (long) i * code.bytes(), row);
            norms.set(i, row);
        }
        return norms;
    }

    /** Bytes of the rows. */
    long bytes() {
        return (long) size * (code == null ? dimension * Float.BYTES : code.bytes());
    }

    /** The rows as kernels read them, which are float32. */
    Rows rows() {
        return Rows.of(memory, size, dimension);
    }

    /** Frees the rows once no search reads them any more. Closing twice does nothing. */
    @Override
    public void close() {
        if (lifetime.close()) {
            memory.close();
        }
    }
}
