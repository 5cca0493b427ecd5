package dev.vicino.files;

import static dev.vicino.files.Samples.RERUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
    private static final int NPY_SHAPE_AT = "{'descr': '<f4', 'fortran_order': False, 'shape': ".length();

    private final Random random = Samples.random();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "NPY, 1, 1", "NPY, 7, 3", "NPY, 3001, 129", "NPY, 5, 65536",
        "FVECS, 1, 1", "FVECS, 7, 3", "FVECS, 3001, 129", "FVECS, 5, 65536"
    })
    void whatIsWrittenIsReadBitForBit(Format format, int count, int dimension) throws IOException {
        float[][] rows = Samples.rows(random, count, dimension);
        Path file = folder.resolve("rows." + format.label());

        Samples.write(file, format, rows);

        assertThat(Samples.names(folder)).containsExactly(file.getFileName().toString());
        try (VectorReader reader = VectorFiles.open(file)) {
            assertThat(reader.count()).isEqualTo(count);
            assertThat(reader.dimension()).isEqualTo(dimension);
            assertThat(bits(Samples.readAll(reader))).as(RERUN).isDeepEqualTo(bits(rows));
            assertThat(reader.read(new float[dimension])).isFalse();
        }
    }

    @Test
    void anNpyOfNoRowsKeepsItsDimension() throws IOException {
        Path file = folder.resolve("none.npy");
        try (VectorWriter writer = VectorFiles.create(file, Format.NPY, 384)) {
            writer.commit();
        }
        try (VectorReader reader = VectorFiles.open(file)) {
            assertThat(reader.count()).isZero();
            assertThat(reader.dimension()).isEqualTo(384);
            assertThat(reader.read(new float[384])).isFalse();
        }
    }

    /** A parser of its own, which knows the published format and nothing of ours. */
    @Test
    void anNpyWrittenIsReadByAnotherParser() throws IOException {
        float[][] rows = Samples.rows(random, 11, 5);
        Path file = folder.resolve("rows.npy");
        Samples.write(file, Format.NPY, rows);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[8];
        bytes.get(magic);
        byte[] header = new byte[bytes.getShort()];
        bytes.get(header);
        String text = new String(header, StandardCharsets.US_ASCII);

        assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        assertThat(text)
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (")
                .endsWith("\n");
        assertThat(text.substring(NPY_SHAPE_AT).strip()).isEqualTo("(11, 5), }");
        assertThat(bytes.position() % 64).isZero();
        assertThat(bytes.remaining()).isEqualTo(11 * 5 * Float.BYTES);
        for (float[] row : rows) {
            for (float value : row) {
                assertThat(Float.floatToRawIntBits(bytes.getFloat()))
                        .as(RERUN)
                        .isEqualTo(Float.floatToRawIntBits(value));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, <f2", "1, >f2", "1, <f4", "1, >f4", "1, <f8", "1, >f8", "2, <f4", "2, >f8", "3, <f2", "3, >f4"})
    void everyVersionOrderAndTypeOfNpyIsRead(int version, String descr) throws IOException {
        float[][] rows = Samples.wholeRows(random, 301, 37);
        ByteOrder order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] data = Samples.numbers(descr.substring(1), order, rows);
        Path file = folder.resolve("rows.npy");
        Files.write(file, Samples.npy(version, Samples.header(descr, "(301, 37)"), data));

        assertThat(Samples.readAll(file)).as(RERUN).isDeepEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shape\": (2, 3), \"descr\": \"<f4\", \"fortran_order\": False}",
                "{ 'shape' :(2L,3L) , 'fortran_order':False,'descr':'<f4',}",
                "{'fortran_order': False, 'shape': (2,\n3,), 'descr': '<f4', }  "
            })
    void keysOfAnNpyHeaderComeInAnyOrderAndSpacing(String header) throws IOException {
        float[][] rows = Samples.rows(random, 2, 3);
        Path file = folder.resolve("rows.npy");
        Files.write(file, Samples.npy(1, header, Samples.numbers("f4", ByteOrder.LITTLE_ENDIAN, rows)));

        assertThat(Samples.readAll(file)).as(RERUN).isDeepEqualTo(rows);
    }

    @Test
    void float16IsReadExactlyAndFloat64Rounded() throws IOException {
        float[][] rows = {{0.1f, -65504f, 5.9604645e-8f, -0f}};
        for (String descr : new String[] {"<f2", ">f8"}) {
            ByteOrder order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            byte[] data = Samples.numbers(descr.substring(1), order, rows);
            Path file = folder.resolve("rows.npy");
            Files.write(file, Samples.npy(1, Samples.header(descr, "(1, 4)"), data));
            float tenth = descr.equals("<f2") ? 0.099975586f : 0.1f;

            assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{tenth, -65504f, 5.9604645e-8f, -0f}});
        }
    }

    @ParameterizedTest
    @CsvSource({"fvecs, f4", "bvecs, u1", "ivecs, i4"})
    void vecsWrittenByOthersAreRead(String ending, String code) throws IOException {
        float[][] rows = Samples.wholeRows(random, 4001, 131);
        Path file = Files.write(folder.resolve("rows." + ending), Samples.vecs(code, rows));

        assertThat(Samples.readAll(file)).as(RERUN).isDeepEqualTo(rows);
    }

    @Test
    void jsonLinesOfEveryFormAreRead() throws IOException {
        float[][] rows = Samples.rows(random, 1003, 17);
        Path file = folder.resolve("rows.jsonl");
        Files.writeString(file, Samples.jsonLines(rows));

        try (VectorReader reader = VectorFiles.open(file)) {
            assertThat(reader.count()).isEqualTo(-1);
            assertThat(reader.dimension()).isEqualTo(17);
            assertThat(reader.position()).isZero();
            assertThat(bits(Samples.readAll(reader))).as(RERUN).isDeepEqualTo(bits(rows));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aRowOfAnotherLengthIsRefused(int length) throws IOException {
        Path file = folder.resolve("rows.npy");
        Samples.write(file, Format.NPY, new float[][] {{1, 2, 3}});
        Path lines = Files.writeString(folder.resolve("rows.jsonl"), "[1,2,3]");

        for (Path each : new Path[] {file, lines}) {
            try (VectorReader reader = VectorFiles.open(each)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> reader.read(new float[length]))
                        .withMessage("row.length = " + length + ", expected the dimension 3");
            }
        }
    }

    private static int[][] bits(float[][] rows) {
        int[][] bits = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            bits[i] = new int[rows[i].length];
            for (int j = 0; j < rows[i].length; j++) {
                bits[i][j] = Float.floatToRawIntBits(rows[i][j]);
            }
        }
        return bits;
    }
}
