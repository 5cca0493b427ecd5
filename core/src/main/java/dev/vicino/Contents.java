package dev.vicino;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every index has, in memory or in a file, and owns.
 *
 * @param stored the rows
 * @param idMemory the caller's ids; null where they are 0 … n−1
 * @param file that all of it is mapped from; null where it was built
 */
record Contents(
        IndexSpec spec,
        Metric metric,
        StoredRows stored,
        Norms norms,
        @Nullable Memory idMemory,
        @Nullable IndexFile file)
        implements AutoCloseable {
    /**
     * Makes an index of vectors. Where that fails they stay the caller's, as the ids do.
     *
     * @param progress of the norms
     * @param rest makes the index of what it is to own
     */
    static <I> I build(
            IndexSpec spec,
            Metric metric,
            Vectors source,
            @Nullable Memory idMemory,
            int threads,
            Progress progress,
            Function<Contents, I> rest) {
        StoredRows stored = StoredRows.of(source, spec, metric.form(), threads);
        stored.lifetime().enter();
        Norms norms = null;
        boolean built = false;
        try {
            norms = stored.norms(metric == Metric.COSINE, progress);
            I index = rest.apply(new Contents(spec, metric, stored, norms, idMemory, null));
            built = true;
            return index;
        } finally {
            stored.lifetime().exit();
            if (!built && norms != null) {
                norms.memory().close();
            }
            if (stored.lifetime() != source.lifetime()) {
                if (built) {
                    source.close();
                } else {
                    stored.close();
                }
            }
        }
    }

    /** Those of a file, which closes it in the end. */
    static Contents open(IndexFile file, IndexSpec spec, Metric metric) throws CorruptFileException {
        StoredRows stored = StoredRows.open(file, CodeKinds.ofRows(spec.refine()), metric.form());
        return new Contents(spec, metric, stored, Sections.norms(file, metric), Sections.ids(file), file);
    }

    /** The same contents under another spec. */
    Contents with(IndexSpec other) {
        return new Contents(other, metric, stored, norms, idMemory, file);
    }

    /** The rows as kernels read them, which are float32. */
    Rows rows() {
        return stored.rows();
    }

    /** A copy of a row, which is float32. */
    float[] row(int row) {
        float[] copy = new float[stored.dimension()];
        stored.memory().get((long) row * copy.length, copy, copy.length);
        return copy;
    }

    /** The rows as the first of those of an index that changes. */
    RowStore rowStore() {
        return new RowStore(metric.form(), stored.memory(), stored.code(), norms, stored.size(), stored.dimension());
    }

    Ids ids() {
        return Ids.of(idMemory);
    }

    /** Memory taken beside a mapped file, in bytes. */
    long bytesMemory() {
        if (file != null) {
            return 0;
        }
        return stored.bytes() + norms.memory().bytes() + (idMemory == null ? 0 : idMemory.bytes());
    }

    /** Frees all of it. The caller makes sure that nobody reads it any more, and calls once. */
    @Override
    public void close() {
        stored.close();
        norms.memory().close();
        if (idMemory != null) {
            idMemory.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
