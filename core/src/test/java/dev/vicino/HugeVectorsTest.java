package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** More than 2³¹ values, in a file of 10 GiB with holes: it takes next to nothing on disk, and only some of its rows are read. */
@ExtendWith(Seeds.class)
final class HugeVectorsTest {
    private static final int D = 65_536;
    private static final int SIZE = 40_000;
    private static final int OFFSET = 12;

    /** On both sides of 2 GiB, of 2³¹ values, and at the end. */
    private static final int[] WRITTEN = {0, 8191, 8192, 32_767, 32_768, 39_998, 39_999};

    @Test
    void offsetsAreSixtyFourBitsWide(@TempDir Path folder) throws IOException {
        Random random = Seeds.random();
        Path file = folder.resolve("huge.bin");
        float[][] rows = new float[WRITTEN.length][];
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(OFFSET + (long) SIZE * D * Float.BYTES);
            for (int i = 0; i < WRITTEN.length; i++) {
                rows[i] = integers(random);
                access.seek(OFFSET + (long) WRITTEN[i] * D * Float.BYTES);
                access.write(bytes(rows[i]));
            }
        }
        try (Vectors vectors = Vectors.map(file, OFFSET, SIZE, D)) {
            for (int i = 0; i < WRITTEN.length; i++) {
                assertThat(vectors.row(WRITTEN[i])).as("row %s", WRITTEN[i]).isEqualTo(rows[i]);
            }
            assertThat(vectors.row(20_000)).as("a hole").isEqualTo(new float[D]);
        }
        try (Memory memory = Memory.map(file, OFFSET, (long) SIZE * D * Float.BYTES)) {
            assertKernelsReach(Rows.of(memory, SIZE, D), rows, integers(random));
        }
    }

    private static void assertKernelsReach(Rows rows, float[][] written, float[] query) {
        for (int i = 0; i < WRITTEN.length; i++) {
            float[] out = new float[1];
            Kernels.BEST.rows().dot(query, rows, WRITTEN[i], 1, out);
            assertThat((double) out[0]).as("product with row %s", WRITTEN[i]).isEqualTo(Oracle.dot(written[i], query));
        }
        float[] last = new float[2];
        Kernels.BEST.rows().dot(query, rows, SIZE - 2, 2, last);
        assertThat((double) last[1]).isEqualTo(Oracle.dot(written[WRITTEN.length - 1], query));
    }

    /** So small that the product of two rows is exact. */
    private static float[] integers(Random random) {
        float[] values = new float[D];
        for (int i = 0; i < D; i++) {
            values[i] = random.nextInt(-15, 16);
        }
        return values;
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * D).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
