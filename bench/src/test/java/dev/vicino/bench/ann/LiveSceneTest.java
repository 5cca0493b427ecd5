package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.LiveIndex;
import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSceneTest {
    private static final int ROWS = 200;
    private static final double MOMENT = 0.01;

    private final float[][] rows = rows();
    private final LiveIndex index = (LiveIndex)
            Vicino.index(Vectors.of(rows)).metric(Metric.COSINE).spec("HNSW8").build();

    private static float[][] rows() {
        var random = new Random(1);
        float[][] rows = new float[ROWS][16];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void vectorsAreInsertedOneAfterTheOtherUntilNoneIsLeft() throws IOException {
        var scene = new LiveScene(index, rows, 20, rows, ROWS);
        assertThat(scene.rest(MOMENT)).isPositive();
        assertThat(scene.left()).isEqualTo(ROWS);

        LiveScene.Busy first = scene.busy(60, 150);
        assertThat(scene.left()).isEqualTo(50);
        scene.busy(60, 50);

        assertThat(first.micros()).isPositive();
        assertThat(first.insertsASecond()).isPositive();
        assertThat(scene.left()).isZero();
        assertThat(index.size()).isEqualTo(2 * ROWS);
        assertThat(index.contains(2L * ROWS - 1)).isTrue();
    }

    @Test
    void anInsertionThatFailsIsTold() {
        var scene = new LiveScene(index, rows, 20, rows, 0); // ids that are there

        assertThatThrownBy(() -> scene.busy(60, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("inserting failed");
    }
}
