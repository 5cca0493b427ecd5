package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/** The bytes of an index file, read and changed by the offsets that its format documents. */
final class IndexBytes {
    static final int VERSION = 8;
    static final int HEADER_LENGTH = 12;
    static final int FILE_LENGTH = 16;
    static final int SPEC_LENGTH = 24;
    static final int SECTION_COUNT = 28;
    static final int DIMENSION = 32;
    static final int SIZE = 36;
    static final int METRIC = 40;
    static final int CHECKSUM = 60;
    static final int SPEC = 64;

    /** Within an entry of the table of sections. */
    static final int SECTION_OFFSET = 24;

    static final int SECTION_LENGTH = 32;
    private static final int ENTRY = 48;

    final byte[] array;

    /** The same bytes as little-endian numbers. */
    final ByteBuffer buffer;

    IndexBytes(byte[] array) {
        this.array = array;
        this.buffer = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    }

    static IndexBytes read(Path file) throws IOException {
        return new IndexBytes(Files.readAllBytes(file));
    }

    Path write(Path file) throws IOException {
        return Files.write(file, array);
    }

    /** Makes the checksum of the header right again. */
    IndexBytes seal() {
        CRC32C crc = new CRC32C();
        crc.update(array, 0, CHECKSUM);
        crc.update(array, SPEC, buffer.getInt(HEADER_LENGTH) - SPEC);
        buffer.putInt(CHECKSUM, (int) crc.getValue());
        return this;
    }

    /** The names of all sections. */
    List<String> sections() {
        return IntStream.range(0, buffer.getInt(SECTION_COUNT))
                .mapToObj(i -> new String(
                                array, SPEC + buffer.getInt(SPEC_LENGTH) + i * ENTRY, 24, StandardCharsets.US_ASCII)
                        .replace("\0", ""))
                .toList();
    }

    /** Where in the file the table has the entry of a section. */
    int entry(String name) {
        for (int i = 0; i < buffer.getInt(SECTION_COUNT); i++) {
            int at = SPEC + buffer.getInt(SPEC_LENGTH) + i * ENTRY;
            String found = new String(array, at, name.length(), StandardCharsets.US_ASCII);
            if (found.equals(name) && array[at + name.length()] == 0) {
                return at;
            }
        }
        throw new AssertionError("no section " + name);
    }

    /** Asks everything that can be asked; whatever the answers are, they must be of rows that exist. */
    static void assertAnswersInRange(VectorIndex index) {
        int n = index.size();
        float[] query = new float[index.dimension()];
        query[0] = 1;
        SearchOptions options = SearchOptions.DEFAULT;
        for (Neighbors found : new Neighbors[] {
            index.search(query, 3),
            index.search(query, Integer.MAX_VALUE),
            index.searchWithin(query, 0, options),
            index.searchAll(Vectors.of(query, query.length), 5, options).getFirst()
        }) {
            assertThat(found.ids()).hasSizeLessThanOrEqualTo(n).doesNotHaveDuplicates();
            assertThat(LongStream.of(found.ids())).allMatch(id -> id >= 0 && id < n);
        }
    }
}
