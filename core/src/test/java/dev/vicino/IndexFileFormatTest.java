package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version 1 of the file, byte by byte: written here by hand, at offsets counted here. A change of it is a new version. */
final class IndexFileFormatTest {
    private static final float TINY = 0x1p-100f;
    private static final float[][] ROWS = {{3, 4}, {0, 0}, {TINY, 0}};

    @TempDir
    private Path folder;

    /** Three rows of two values under cosine, with ids; the third is extreme. */
    private static byte[] byHand() {
        byte[] array = new byte[576];
        ByteBuffer file = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, new byte[] {(byte) 0x89, 'V', 'I', 'C', 'I', 'N', 'O', 0x0A});
        file.putInt(8, 1); // version
        file.putInt(12, 320); // 64 + 17 + 4·48 = 273, padded
        file.putLong(16, 576); // the whole file
        file.putInt(24, 17); // the spec's length
        file.putInt(28, 4); // sections
        file.putInt(32, 2); // dimension
        file.putInt(36, 3); // rows
        file.put(40, ascii("cosine"));
        file.put(64, ascii("Flat(prune=false)"));

        file.putFloat(320, 3).putFloat(324, 4);
        file.putFloat(336, TINY);
        section(file, 81, "rows", 320, 24);

        file.putFloat(384, 1 / 5f).putFloat(388, 0).putFloat(392, 0x1p100f);
        section(file, 129, "norms", 384, 12);

        file.putInt(448, 2);
        section(file, 177, "extremes", 448, 4);

        file.putLong(512, 7).putLong(520, -1).putLong(528, 1L << 62);
        section(file, 225, "ids", 512, 24);

        CRC32C crc = new CRC32C();
        crc.update(array, 0, 60);
        crc.update(array, 64, 256);
        file.putInt(60, (int) crc.getValue());
        return array;
    }

    /** An entry of the table; every section here takes 64 bytes with its padding. */
    private static void section(ByteBuffer file, int entry, String name, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(file.slice(offset, 64));
        file.put(entry, ascii(name));
        file.putLong(entry + 24, offset).putLong(entry + 32, length).putInt(entry + 40, (int) crc.getValue());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void isWrittenAsDocumented() throws IOException {
        Path file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(ROWS))
                .ids(7, -1, 1L << 62)
                .spec("Flat(prune=false)")
                .build()) {
            index.save(file);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(byHand());
    }

    @Test
    void isReadAsDocumented() throws IOException {
        Path file = Files.write(folder.resolve("index"), byHand());
        try (VectorIndex index = Vicino.open(file)) {
            index.verify((done, total) -> {});
            assertThat(index.spec()).isEqualTo(IndexSpec.parse("Flat(prune=false)"));
            assertThat(index.metric()).isEqualTo(Metric.COSINE);
            assertThat(index.dimension()).isEqualTo(2);
            assertThat(index.size()).isEqualTo(3);
            Neighbors found = index.search(new float[] {1, 0}, 3);
            assertThat(found.ids()).containsExactly(1L << 62, 7, -1);
            assertThat(found.scores()).containsExactly(1, 0.6f, 0);
        }
    }

    @Test
    void leavesOutIdsThatAreRowNumbersAndKeepsPlainNorms() throws IOException {
        Path file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(ROWS))
                .metric(Metric.L2)
                .spec("Flat(prune=false)")
                .build()) {
            index.save(file);
        }
        IndexBytes bytes = IndexBytes.read(file);
        assertThat(bytes.buffer.getInt(28)).as("sections").isEqualTo(3);
        assertThat(new String(bytes.array, 40, 8, StandardCharsets.US_ASCII)).isEqualTo("l2\0\0\0\0\0\0");
        int norms = (int) bytes.buffer.getLong(bytes.entry("norms") + IndexBytes.SECTION_OFFSET);
        assertThat(bytes.buffer.getFloat(norms)).isEqualTo(5);
        assertThat(bytes.buffer.getFloat(norms + 4)).isEqualTo(0);
        assertThat(bytes.buffer.getFloat(norms + 8)).isEqualTo(TINY);
    }
}
