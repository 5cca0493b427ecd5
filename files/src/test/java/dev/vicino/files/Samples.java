package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files and rows for tests, encoded here byte by byte, independently of what is tested. */
final class Samples {
    static final long SEED = Long.getLong("vicino.seed", System.nanoTime());
    static final String RERUN = "rerun with -Dvicino.seed=" + SEED;

    private static final float[] EXTREMES = {
        0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 0.1f
    };

    private Samples() {}

    static Random random() {
        return new Random(SEED);
    }

    /** Normally distributed numbers, with extremes among them. */
    static float[][] rows(Random random, int count, int dimension) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextInt(10) == 0
                        ? EXTREMES[random.nextInt(EXTREMES.length)]
                        : (float) random.nextGaussian();
            }
        }
        return rows;
    }

    /** Whole numbers 0 to 255, which every type of number holds exactly. */
    static float[][] wholeRows(Random random, int count, int dimension) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextInt(256);
            }
        }
        return rows;
    }

    static float[][] readAll(VectorReader reader) throws IOException {
        List<float[]> rows = new ArrayList<>();
        float[] row = new float[reader.dimension()];
        while (reader.read(row)) {
            rows.add(row.clone());
            assertThat(reader.position()).isEqualTo(rows.size());
        }
        return rows.toArray(float[][]::new);
    }

    static float[][] readAll(Path file) throws IOException {
        try (VectorReader reader = VectorFiles.open(file)) {
            return readAll(reader);
        }
    }

    static void write(Path file, Format format, float[][] rows) throws IOException {
        try (VectorWriter writer = VectorFiles.create(file, format, rows[0].length)) {
            for (float[] row : rows) {
                writer.write(row);
            }
            writer.commit();
        }
    }

    /** One number in the bytes of a type, by its NumPy code. */
    static byte[] number(String code, ByteOrder order, double value) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(order);
        switch (code) {
            case "u1" -> bytes.put((byte) (int) value);
            case "f2" -> bytes.putShort(Float.floatToFloat16((float) value));
            case "f4" -> bytes.putFloat((float) value);
            case "f8" -> bytes.putDouble(value);
            case "i4", "u4" -> bytes.putInt((int) (long) value);
            case "i8" -> bytes.putLong((long) value);
            default -> throw new IllegalArgumentException("code = " + code);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static byte[] numbers(String code, ByteOrder order, float[][] rows) {
        var out = new ByteArrayOutputStream();
        for (float[] row : rows) {
            for (float value : row) {
                out.writeBytes(number(code, order, value));
            }
        }
        return out.toByteArray();
    }

    /**
     * An npy file of any version; the header is what is given, padded to a multiple of 16 as older versions of NumPy
     * did.
     */
    static byte[] npy(int version, String header, byte[] data) {
        int lengthBytes = version == 1 ? 2 : 4;
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int before = 8 + lengthBytes;
        int length = (before + text.length + 1 + 15) / 16 * 16 - before;
        ByteBuffer file = ByteBuffer.allocate(before + length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            file.putShort((short) length);
        } else {
            file.putInt(length);
        }
        file.put(text);
        while (file.position() < before + length - 1) {
            file.put((byte) ' ');
        }
        return file.put((byte) '\n').put(data).array();
    }

    static String header(String descr, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    /** An fvecs, bvecs or ivecs file. */
    static byte[] vecs(String code, float[][] rows) {
        var out = new ByteArrayOutputStream();
        for (float[] row : rows) {
            out.writeBytes(number("i4", ByteOrder.LITTLE_ENDIAN, row.length));
            out.writeBytes(numbers(code, ByteOrder.LITTLE_ENDIAN, new float[][] {row}));
        }
        return out.toByteArray();
    }

    /** JSON lines in turn: an array, or an object with one of the names of the field. */
    static String jsonLines(float[][] rows) {
        String[] forms = {
            "%s\n", "{\"id\": 1, \"vector\": %s}\n\n", "{\"embedding\":%s,\"text\":\"[1]\"}\r\n", " {\"values\": %s} \n"
        };
        var out = new StringBuilder();
        for (int i = 0; i < rows.length; i++) {
            out.append(forms[i % forms.length].formatted(Arrays.toString(rows[i])));
        }
        return out.toString();
    }

    /** A file of zeroes behind a header, which takes next to no room on the disk. */
    static Path sparse(Path file, byte[] header, long zeroes) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(header));
            channel.write(ByteBuffer.allocate(1), header.length + zeroes - 1);
        }
        return file;
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
