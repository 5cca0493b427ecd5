package dev.vicino.files;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * NumPy's npy format. Versions 1, 2 and 3 are read, in either byte order; version 1 is written, little-endian.
 *
 * <pre>
 * offset    size     field
 * 0         6        magic, 0x93 "NUMPY"
 * 6         1        major version: 1, 2 or 3
 * 7         1        minor version: 0
 * 8         2 or 4   length h of the header, little-endian; uint16 in version 1, uint32 after it
 * 10 or 12  h        header: a Python dictionary, Latin-1 (UTF-8 in version 3), padded with spaces, ends with a line
 * feed 10+h ...           rows · columns numbers, row after row
 * </pre>
 */
final class NpyFormat {
    /** Length of magic, version, length and header as written: a multiple of 64, with room for a count of any size. */
    static final int WRITTEN_HEADER_BYTES = 128;

    /** What version 1 can say; NumPy itself refuses far shorter headers than this. */
    static final int MAX_HEADER_BYTES = 65_535;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LENGTH_OFFSET = 8;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private NpyFormat() {}

    /** Reads the header and leaves the input where the first row begins. */
    static Layout layout(Input input, NpyContent content) throws IOException {
        int version = version(input);
        long length = version == 1
                ? Short.toUnsignedLong(input.segment().get(SHORT, input.take(Short.BYTES)))
                : Integer.toUnsignedLong(input.segment().get(INT, input.take(Integer.BYTES)));
        long rest = input.size() - input.position();
        if (length > Math.min(rest, MAX_HEADER_BYTES)) {
            String expected = "at most " + MAX_HEADER_BYTES + " and at most the " + rest + " bytes left in the file";
            throw input.corrupt(LENGTH_OFFSET, "the length of the header", length, expected);
        }
        long at = input.position();
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new NpyHeader(input, at, text(input, (int) length, charset)).layout(content);
    }

    /** The header of a C-ordered little-endian array. */
    static ByteBuffer header(Element element, long rows, int columns) {
        String dictionary = "{'descr': '<%s', 'fortran_order': False, 'shape': (%d, %d), }"
                .formatted(element.code(), rows, columns);
        ByteBuffer header = ByteBuffer.allocate(WRITTEN_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short)
                (WRITTEN_HEADER_BYTES - header.position() - Short.BYTES));
        header.put(dictionary.getBytes(StandardCharsets.US_ASCII));
        while (header.remaining() > 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').flip();
    }

    private static int version(Input input) throws IOException {
        byte[] magic = bytes(input, MAGIC.length);
        if (!Arrays.equals(magic, MAGIC)) {
            throw input.corrupt(0, "the magic number", HexFormat.of().formatHex(magic), "93 \"NUMPY\"");
        }
        byte[] version = bytes(input, 2);
        int major = Byte.toUnsignedInt(version[0]);
        int minor = Byte.toUnsignedInt(version[1]);
        if (major < 1 || major > 3 || minor != 0) {
            throw input.corrupt(MAGIC.length, "the version", major + "." + minor, "1.0, 2.0 or 3.0");
        }
        return major;
    }

    private static String text(Input input, int length, Charset charset) throws IOException {
        return new String(bytes(input, length), charset);
    }

    private static byte[] bytes(Input input, int count) throws IOException {
        long at = input.take(count);
        return input.segment().asSlice(at, count).toArray(ValueLayout.JAVA_BYTE);
    }
}
