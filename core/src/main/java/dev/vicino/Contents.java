package dev.vicino;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every index has, in memory or in a file, and owns.
 *
 * @param vectors off the heap
 * @param idMemory the caller's ids; null where they are 0 … n−1
 * @param file that all of it is mapped from; null where it was built
 */
record Contents(
        IndexSpec spec,
        Metric metric,
        Vectors vectors,
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
            Progress progress,
            Function<Contents, I> rest) {
        Vectors vectors = source.offHeap();
        vectors.lifetime().enter();
        Norms norms = null;
        boolean built = false;
        try {
            norms = Norms.compute(rows(vectors), metric == Metric.COSINE, progress);
            I index = rest.apply(new Contents(spec, metric, vectors, norms, idMemory, null));
            built = true;
            return index;
        } finally {
            vectors.lifetime().exit();
            if (!built && norms != null) {
                norms.memory().close();
            }
            if (vectors != source) {
                (built ? source : vectors).close();
            }
        }
    }

    /** Those of a file, which closes it in the end. */
    static Contents open(IndexFile file, IndexSpec spec, Metric metric) throws CorruptFileException {
        return new Contents(spec, metric, Sections.rows(file), Sections.norms(file, metric), Sections.ids(file), file);
    }

    /** The same contents under another spec. */
    Contents with(IndexSpec other) {
        return new Contents(other, metric, vectors, norms, idMemory, file);
    }

    private static Rows rows(Vectors vectors) {
        return Rows.of(vectors.memory(), vectors.size(), vectors.dimension());
    }

    Rows rows() {
        return rows(vectors);
    }

    Ids ids() {
        return Ids.of(idMemory);
    }

    /** Memory taken beside a mapped file, in bytes. */
    long bytesMemory() {
        if (file != null) {
            return 0;
        }
        long rowBytes = (long) vectors.size() * vectors.dimension() * Float.BYTES;
        return rowBytes + norms.memory().bytes() + (idMemory == null ? 0 : idMemory.bytes());
    }

    /** Frees all of it. The caller makes sure that nobody reads it any more, and calls once. */
    @Override
    public void close() {
        vectors.close();
        norms.memory().close();
        if (idMemory != null) {
            idMemory.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
