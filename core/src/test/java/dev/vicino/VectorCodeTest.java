package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IndexSpec.Float16;
import dev.vicino.IndexSpec.Float32;
import dev.vicino.IndexSpec.Int8;
import dev.vicino.IndexSpec.Product;
import dev.vicino.IndexSpec.RaBitQ;
import dev.vicino.IndexSpec.Rotation;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes without an index: what comes back is about what went in. */
@ExtendWith(Seeds.class)
final class VectorCodeTest {
    private static final int D = 40;

    private final Random random = Seeds.random();

    /** Codes, and the share of the variance that they may lose of gaussian values. */
    static Stream<Arguments> codes() {
        return Stream.of(
                Arguments.of(new Float16(), 1e-6),
                Arguments.of(new Int8(), 1e-3),
                Arguments.of(new RaBitQ(1), 0.65),
                Arguments.of(new RaBitQ(2), 0.2),
                Arguments.of(new RaBitQ(5), 0.01),
                Arguments.of(new RaBitQ(8), 1e-3),
                Arguments.of(new Product(Rotation.NONE, 20, 8, false), 0.05),
                Arguments.of(new Product(Rotation.RANDOM, 20, 4, false), 0.3),
                Arguments.of(new Product(Rotation.OPTIMISED, 20, 4, false), 0.2));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void whatComesBackIsNear(IndexSpec.Code code, double least) {
        for (Metric metric : new Metric[] {Metric.L2, Metric.COSINE, Metric.DOT}) {
            float[][] rows = Points.gaussian(random, 2000, D);
            for (float[] row : rows) {
                row[3] += 4;
            }
            try (Vectors vectors = Vectors.of(rows)) {
                VectorCode trained = VectorCode.train(code, metric, vectors);
                double variance = metric == Metric.COSINE ? D / (D + 16.0) : D;
                assertThat(trained.loss(vectors)).as("%s", metric).isLessThan(least * variance);
                byte[] bytes = trained.encode(rows[0]);
                assertThat(bytes).hasSize(trained.bytes());
                assertThat(trained.decode(bytes)).hasSize(D);
            }
        }
    }

    /** Values that come in pairs are lost by parts that cut the pairs, unless vectors are rotated so that they lie in one. */
    @Test
    void anOptimisedRotationLosesLess() {
        float[][] rows = Points.gaussian(random, 3000, D);
        for (float[] row : rows) {
            for (int i = 0; i < D / 2; i++) {
                row[i + D / 2] = row[i] + 0.1f * row[i + D / 2];
            }
        }
        try (Vectors vectors = Vectors.of(rows)) {
            double plain = VectorCode.train(new Product(Rotation.NONE, 10, 4, false), Metric.L2, vectors)
                    .loss(vectors);
            double rotated = VectorCode.train(new Product(Rotation.OPTIMISED, 10, 4, false), Metric.L2, vectors)
                    .loss(vectors);
            assertThat(rotated).isLessThan(0.8 * plain);
        }
    }

    @Test
    void refusesWhatIsNoCodeOfIts() {
        try (Vectors vectors = Vectors.of(Points.gaussian(random, 100, D))) {
            VectorCode code = VectorCode.train(new Int8(), Metric.L2, vectors);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> code.encode(new float[3]))
                    .withMessageContaining("3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> code.decode(new byte[3]))
                    .withMessage("bytes.length = 3, expected " + code.bytes());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VectorCode.train(new Float32(), Metric.L2, vectors))
                    .withMessage("code = Flat, expected FP16, SQ8, PQ<m>, PQ<m>x4fs or RaBitQ<bits>");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VectorCode.train(new Product(Rotation.NONE, 4, 8, true), Metric.L2, vectors))
                    .withMessageContaining("PQ4r");
        }
    }
}
