package dev.vicino;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Reads the sections that every index file has: rows, norms, extremes, ids. */
final class Sections {
    private Sections() {}

    static Vectors rows(IndexFile file) throws CorruptFileException {
        int size = file.header().size();
        int dimension = file.header().dimension();
        return Vectors.of(file.section("rows", (long) size * dimension * Float.BYTES), size, dimension);
    }

    static Norms norms(IndexFile file, Metric metric) throws CorruptFileException {
        int size = file.header().size();
        Memory stored = file.section("norms", (long) size * Float.BYTES);
        return Norms.of(stored, metric == Metric.COSINE, extremes(file, size));
    }

    /** The caller's ids; null where they are 0 … n−1. */
    static @Nullable Memory ids(IndexFile file) throws CorruptFileException {
        return file.section("ids") == null
                ? null
                : file.section("ids", (long) file.header().size() * Long.BYTES);
    }

    /** Row numbers from a file are used as addresses, so they are checked whatever the checksums say. */
    private static int[] extremes(IndexFile file, int size) throws CorruptFileException {
        Memory section = file.section("extremes");
        if (section == null || section.bytes() % Integer.BYTES != 0 || section.bytes() / Integer.BYTES > size) {
            throw new CorruptFileException(
                    file.path(),
                    file.offset("extremes"),
                    "section 'extremes'",
                    section == null ? "missing" : section.bytes() + " bytes",
                    "a multiple of 4, at most " + 4L * size);
        }
        int[] extremes = new int[(int) (section.bytes() / Integer.BYTES)];
        MemorySegment.copy(section.segment(), Memory.INT, 0, extremes, 0, extremes.length);
        for (int i = 0; i < extremes.length; i++) {
            int least = i == 0 ? 0 : extremes[i - 1] + 1;
            if (extremes[i] < least || extremes[i] >= size) {
                throw new CorruptFileException(
                        file.path(),
                        file.offset("extremes") + i * 4L,
                        "entry of section 'extremes'",
                        extremes[i],
                        least + ".." + (size - 1));
            }
        }
        return extremes;
    }
}
