package dev.vicino.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;

/** The type of one number in a binary file. */
enum Element {
    UINT8(1, "u1"),
    INT32(4, "i4"),
    UINT32(4, "u4"),
    INT64(8, "i8"),
    FLOAT16(2, "f2"),
    FLOAT32(4, "f4"),
    FLOAT64(8, "f8");

    private final int bytes;
    private final String code;

    Element(int bytes, String code) {
        this.bytes = bytes;
        this.code = code;
    }

    int bytes() {
        return bytes;
    }

    /** The type in NumPy's short form, without the byte order. */
    String code() {
        return code;
    }

    /** The type in words: {@code float32}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One number as it stands in the file, for messages: too slow for rows. */
    Number at(MemorySegment segment, long offset, ByteOrder order) {
        return switch (this) {
            case UINT8 -> Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, offset));
            case INT32 -> segment.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
            case UINT32 -> Integer.toUnsignedLong(segment.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset));
            case INT64 -> segment.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
            case FLOAT16 ->
                Float.float16ToFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset));
            case FLOAT32 -> segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset);
            case FLOAT64 -> segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), offset);
        };
    }
}
