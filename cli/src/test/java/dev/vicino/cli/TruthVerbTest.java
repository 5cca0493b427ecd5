package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Samples.class)
class TruthVerbTest {
    @TempDir
    private Path folder;

    @Test
    void theNeighboursAreThoseOfAPlainSort() throws IOException {
        float[][] rows = whole(Samples.rows(200, 6));
        float[][] queries = whole(Samples.rows(90, 6));

        assertThat(truth(rows, queries, "dot")).isDeepEqualTo(sorted(rows, queries, (x, q) -> -dot(x, q)));
        assertThat(truth(rows, queries, "l2"))
                .isDeepEqualTo(sorted(rows, queries, (x, q) -> dot(x, x) + dot(q, q) - 2 * dot(x, q)));
    }

    private long[][] truth(float[][] rows, float[][] queries, String metric) throws IOException {
        Path base = Samples.write(folder.resolve("base.fvecs"), rows);
        Path asked = Samples.write(folder.resolve("queries.npy"), queries);
        Path out = folder.resolve("truth.ivecs");
        JsonNode json = Run.vicino("truth", base, asked, "--out", out, "--k", 15, "--metric", metric, "--json")
                .json("metric", "vectors", "dimension", "queries", "k", "threads", "seconds");
        assertThat(json.get("metric").textValue()).isEqualTo(metric);
        assertThat(json.get("vectors").intValue()).isEqualTo(rows.length);
        assertThat(json.get("queries").intValue()).isEqualTo(queries.length);
        assertThat(json.get("k").intValue()).isEqualTo(15);
        return IdFiles.table(out);
    }

    /** Small whole numbers: sums are exact in any order, and there are ties. */
    private static float[][] whole(float[][] rows) {
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.round(row[i]);
            }
        }
        return rows;
    }

    private static double dot(float[] x, float[] q) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * q[i]).sum();
    }

    private static long[][] sorted(float[][] rows, float[][] queries, ToDoubleBiFunction<float[], float[]> distance) {
        return Arrays.stream(queries)
                .map(query -> IntStream.range(0, rows.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> distance.applyAsDouble(rows[i], query)))
                        .mapToLong(Integer::longValue)
                        .limit(15)
                        .toArray())
                .toArray(long[][]::new);
    }

    @Test
    void fewerVectorsThanKGiveShorterRowsAndCosineIsTheMetricUnlessTold() throws IOException {
        Path base = Samples.write(folder.resolve("base.npy"), new float[][] {{0, 9}, {1, 0}, {2, 1}});
        Path queries = Samples.write(folder.resolve("queries.npy"), new float[][] {{1, 0.1f}, {0, 1}});
        Path out = folder.resolve("truth.npy");

        Run run = Run.vicino("truth", base, queries, "--out", out);

        assertThat(run.succeeds().out()).contains("3 of dimension 2, cosine", "3 neighbours for each of 2 queries");
        assertThat(IdFiles.table(out)).isDeepEqualTo(new long[][] {{1, 2, 0}, {0, 2, 1}});
    }

    @Test
    void refusalsNameWhatIsWrongAndWriteNothing() throws IOException {
        Path base = Samples.write(folder.resolve("base.npy"), Samples.rows(3, 2));
        Path other = Samples.write(folder.resolve("other.npy"), Samples.rows(3, 4));
        Path out = folder.resolve("truth.npy");

        Run.vicino("truth", base, base, "--out", out, "--k", 0).fails(2, "k = 0, expected 1..65536");
        Run.vicino("truth", base, base, "--out", folder.resolve("t.fvecs")).fails(2, "t.fvecs", ".npy or .ivecs");
        Run.vicino("truth", base, base, "--out", base).fails(2, "out = " + base);
        Run.vicino("truth", base, other, "--out", out).fails(2, "other.npy has dimension 4, expected 2");
        Run.vicino("truth", base, folder.resolve("no.npy"), "--out", out).fails(1, "no.npy does not exist");
        Files.writeString(other, "");
        Run.vicino("truth", other, base, "--out", out).fails(1, "other.npy");

        assertThat(Samples.names(folder)).containsExactly("base.npy", "other.npy");
    }
}
