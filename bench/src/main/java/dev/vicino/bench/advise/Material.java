package dev.vicino.bench.advise;

import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.data.GeneratedKind;
import dev.vicino.bench.data.Permutation;
import dev.vicino.bench.race.Text;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Vectors of one kind, and fresh queries from where they are from.
 *
 * @param name as the table calls it
 * @param base the vectors
 * @param fresh the queries
 */
record Material(String name, Metric metric, Vectors base, Vectors fresh) implements AutoCloseable {
    private static final long BASE_SEED = 1;
    private static final long FRESH_SEED = 2;

    /** Embeddings of sentences, of which some are kept back as queries. */
    static Material sentences(DataSet set, AdviseScale scale) throws IOException {
        try (Vectors all = VectorFiles.load(set.base(), Progress.NONE)) {
            int fresh = Math.min(scale.fresh(), all.size() / 10);
            int[] order = Permutation.of(all.size(), new SplittableRandom(BASE_SEED));
            int count = Math.min(scale.rows(), all.size() - fresh);
            return new Material(
                    set.name(),
                    Metric.COSINE,
                    rows(all, Arrays.copyOfRange(order, fresh, fresh + count)),
                    rows(all, Arrays.copyOf(order, fresh)));
        }
    }

    static Material generated(GeneratedKind kind, AdviseScale scale) {
        return new Material(
                kind.name().toLowerCase(Locale.ROOT),
                kind.metric(),
                kind.vectors(Math.min(scale.rows(), kind.rows()), BASE_SEED),
                kind.vectors(scale.fresh(), FRESH_SEED));
    }

    private static Vectors rows(Vectors from, int[] numbers) {
        try (Vectors.Builder builder = Vectors.builder(from.dimension()).reserve(numbers.length)) {
            for (int number : numbers) {
                builder.add(from.row(number));
            }
            return builder.build();
        }
    }

    /** A copy of the vectors, for an index to own. */
    Vectors copy() {
        try (Vectors.Builder builder = Vectors.builder(base.dimension()).reserve(base.size())) {
            float[] row = new float[base.dimension()];
            for (int i = 0; i < base.size(); i++) {
                base.copyRow(i, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** The first of the fresh queries, or all. */
    float[][] queries(int most) {
        float[][] queries = new float[Math.min(most, fresh.size())][];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = fresh.row(i);
        }
        return queries;
    }

    /** As remarks call it. */
    String title() {
        return Text.text("%s %,d × %,d, %s", name, base.size(), base.dimension(), metric.label());
    }

    @Override
    public void close() {
        base.close();
        fresh.close();
    }
}
