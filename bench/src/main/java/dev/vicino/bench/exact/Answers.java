package dev.vicino.bench.exact;

import dev.vicino.Neighbors;
import dev.vicino.Vectors;
import dev.vicino.files.Format;
import dev.vicino.files.IdFiles;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorWriter;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The neighbours of some queries, a row each, nearest first.
 *
 * @param ids queries × k
 * @param scores queries × k similarities
 */
record Answers(long[][] ids, float[][] scores) {
    /** Scores are sums of the same products in another order; those that differ by less, relatively, are one. */
    private static final double TIE = 1e-5;

    static Answers of(List<Neighbors> answers) {
        return new Answers(
                answers.stream().map(Neighbors::ids).toArray(long[][]::new),
                answers.stream().map(Neighbors::scores).toArray(float[][]::new));
    }

    /** Reads what {@link #write} or another program wrote: two npy files of as many rows. */
    static Answers read(Path idFile, Path scoreFile) throws IOException {
        long[][] ids = IdFiles.table(idFile);
        try (Vectors scores = VectorFiles.load(scoreFile, Progress.NONE)) {
            float[][] rows = new float[scores.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = scores.row(i);
            }
            return new Answers(ids, rows);
        }
    }

    void write(Path idFile, Path scoreFile) throws IOException {
        IdFiles.write(idFile, ids);
        try (VectorWriter writer = VectorFiles.create(scoreFile, Format.NPY, scores[0].length)) {
            for (float[] row : scores) {
                writer.write(row);
            }
            writer.commit();
        }
    }

    /**
     * How many neighbours are other ones than in {@code that}, up to ties: found here only, though better than the last one found
     * there; found there only, likewise; or found in both with another score.
     */
    int mismatches(Answers that) {
        if (ids.length != that.ids.length) {
            throw new IllegalArgumentException("queries = " + that.ids.length + ", expected " + ids.length);
        }
        int mismatches = 0;
        for (int i = 0; i < ids.length; i++) {
            mismatches += missing(i, that) + that.missing(i, this);
        }
        return mismatches;
    }

    /** Neighbours of query i that are not in {@code that} and should be. */
    private int missing(int i, Answers that) {
        Map<Long, Float> there = new HashMap<>();
        for (int j = 0; j < that.ids[i].length; j++) {
            there.put(that.ids[i][j], that.scores[i][j]);
        }
        int missing = Math.max(0, ids[i].length - that.ids[i].length);
        float last = that.scores[i][that.scores[i].length - 1];
        for (int j = 0; j < ids[i].length; j++) {
            float expected = there.getOrDefault(ids[i][j], last);
            if (Math.abs(scores[i][j] - expected) > TIE * Math.abs(expected)) {
                missing++;
            }
        }
        return missing;
    }
}
