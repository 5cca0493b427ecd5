package dev.vicino.bench.frameworks;

import dev.vicino.Vectors;
import dev.vicino.bench.data.DataSet;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Documents and queries. The text of a document is its number, so that everybody's answers can be compared.
 *
 * @param title as remarks call it
 * @param vectors of the documents
 * @param queries vectors of other texts
 */
record Corpus(String title, float[][] vectors, float[][] queries) {
    static Corpus load(DataSet set, int queries) throws IOException {
        return new Corpus(
                set.title(), rows(set.base(), set.vectors()), rows(set.queries(), Math.min(queries, set.queryCount())));
    }

    private static float[][] rows(Path file, int count) throws IOException {
        try (Vectors vectors = VectorFiles.load(file, Progress.NONE)) {
            float[][] rows = new float[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = vectors.row(i);
            }
            return rows;
        }
    }

    static String text(int number) {
        return Integer.toString(number);
    }
}
