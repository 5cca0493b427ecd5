package dev.vicino.bench.ann;

import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.data.RowFile;
import dev.vicino.bench.data.UnitLength;
import dev.vicino.bench.race.Truth;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Unit vectors and queries in two npy files of float32: some peers know the inner product alone, under which unit vectors have the
 * neighbours that they have under the cosine.
 *
 * @param title as the table calls it
 * @param name which no other vectors have
 */
record UnitData(String title, String name, Path base, Path queries, int vectors, int queryCount, int dimension) {
    /** Neighbours that every search looks for. */
    static final int K = 10;

    static final String EXACT_SPEC = "Flat";

    private static final String UNIT = ".unit.npy";
    private static final String NPY = ".npy";

    /** The first vectors and queries of a data set, brought to length 1; kept in the folder for the next time. */
    static UnitData of(DataSet set, Path folder, int rows, int queries) throws IOException {
        int count = Math.min(rows, set.vectors());
        int asked = Math.min(queries, set.queryCount());
        String name = stem(set.base()) + "-" + count;
        return new UnitData(
                set.name(),
                name,
                unit(set.base(), folder.resolve(name + UNIT), count),
                unit(set.queries(), folder.resolve(stem(set.queries()) + "-" + asked + UNIT), asked),
                count,
                asked,
                set.dimension());
    }

    /** Ours over these vectors. */
    VectorIndex index(String spec, int threads) throws IOException {
        return index(VectorFiles.load(base, Progress.NONE), spec, threads);
    }

    /** Ours over some vectors, which it owns. */
    static VectorIndex index(Vectors rows, String spec, int threads) {
        try {
            return Vicino.index(rows)
                    .metric(Metric.COSINE)
                    .spec(spec)
                    .threads(threads)
                    .build();
        } catch (Throwable e) {
            rows.close();
            throw e;
        }
    }

    Vectors loadQueries() throws IOException {
        return VectorFiles.load(queries, Progress.NONE);
    }

    /** The true neighbours of all queries, by our own exact search. */
    Truth truth(Vectors asked, int threads) throws IOException {
        try (VectorIndex exact = index(EXACT_SPEC, threads)) {
            return Truth.of(exact, asked, K, SearchOptions.DEFAULT.withThreads(threads));
        }
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replace(NPY, "").replace(".base", "");
    }

    private static Path unit(Path source, Path target, int rows) throws IOException {
        return RowFile.once(target, file -> RowFile.copy(source, file, rows, UnitLength::apply));
    }
}
