package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That everything works without the Vector API: the build runs these tests once more in a JVM that has none. */
@Tag("scalar")
@ExtendWith(Seeds.class)
final class ScalarTest {
    private static final int ROWS = 1000;
    private static final int D = 21;

    @Test
    void kernelsAreThoseThatThisJvmCanHave() {
        boolean scalar = System.getProperty("vicino.kernels", "SIMD").equals("scalar");
        assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty())
                .as("the JVM was started without the Vector API")
                .isEqualTo(scalar);
        assertThat(Kernels.BEST.description().equals("scalar")).isEqualTo(scalar);
        assertThat(Vicino.kernels()).startsWith(scalar ? "scalar" : "SIMD, ");
    }

    @ParameterizedTest
    @EnumSource
    void searchIsExact(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.signRows(random, ROWS, D);
        float[][] queries = Seeds.signRows(random, 20, D);
        long[] ids = Seeds.ids(random, ROWS);
        for (String spec : ExactSearchTest.SPECS) {
            try (VectorIndex index = Vicino.index(Vectors.of(rows))
                            .metric(metric)
                            .spec(spec)
                            .ids(ids)
                            .build();
                    Vectors batch = Vectors.of(queries)) {
                List<Neighbors> all = index.searchAll(batch, 10, SearchOptions.DEFAULT.withThreads(2));
                for (int i = 0; i < queries.length; i++) {
                    Neighbors expected = Oracle.search(metric, rows, ids, queries[i], 10);
                    Oracle.assertSame(index.search(queries[i], 10), expected, spec + ", query " + i);
                    Oracle.assertSame(all.get(i), expected, spec + ", query " + i + " in a batch");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void searchOfRealsIsRightButForRounding(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.realRows(random, ROWS, D);
        for (String spec : ExactSearchTest.SPECS) {
            try (VectorIndex index =
                    Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
                for (float[] query : Seeds.realRows(random, 5, D)) {
                    Oracle.assertNearest(index.search(query, 10), metric, rows, query, 10, spec);
                }
            }
        }
    }

    /** Every code, along a graph and in lists, as kept in a file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW8,FP16,Refine(Flat)                  | L1",
                "HNSW8,SQ8,Refine(FP16)                   | COSINE",
                "HNSW8,RaBitQ3,Refine(SQ8)                | DOT",
                "PCA16,OPQ8,HNSW8,PQ8,Refine(Flat)        | L2",
                "IVF64_HNSW4(nprobe=4),SQ8,Refine(Flat)   | L1",
                "IVF16,RaBitQ,Refine(FP16)                | L2",
                "L2norm,IVF16,PQ7r,Refine(SQ8)            | DOT",
                "PCA16,RR,IVF16,PQ8x4fsr,Refine(Flat)     | COSINE",
            })
    void codesFindWhatIsNear(String spec, Metric metric, @TempDir Path folder) throws IOException {
        float[][] rows = Points.clustered(Seeds.random(), ROWS, D, 10);
        Path file = folder.resolve("index");
        SearchOptions thorough = SearchOptions.DEFAULT.withEffort(ROWS).withRerank(ROWS);
        try (VectorIndex index =
                Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
            index.save(file);
            try (VectorIndex opened = Vicino.open(file)) {
                opened.awaitLoaded();
                for (int i = 0; i < ROWS; i += 50) {
                    Neighbors all = index.search(rows[i], 10, SearchOptions.DEFAULT.withExact(true));
                    assertThat(index.search(rows[i], 10, thorough).ids()).isEqualTo(all.ids());
                    assertThat(opened.search(rows[i], 10, thorough).ids()).isEqualTo(all.ids());
                }
            }
        }
    }

    @Test
    void filesAndStoresWork(@TempDir Path folder) throws IOException {
        Random random = Seeds.random();
        float[][] rows = Seeds.realRows(random, ROWS, D);
        Path file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).build();
                VectorStore<Integer> store = new VectorStore<>(D, Metric.COSINE)) {
            index.save(file);
            for (int r = 0; r < ROWS; r++) {
                store.add(rows[r], r);
            }
            try (VectorIndex opened = Vicino.open(file)) {
                opened.verify(Progress.NONE);
                IndexFileTest.assertSameAnswers(opened, index, random);
            }
            Neighbors nearest = index.search(rows[5], 3);
            for (int i = 0; i < 3; i++) {
                assertThat(store.search(rows[5], 3).get(i).id()).isEqualTo(nearest.id(i));
            }
        }
    }
}
