package dev.vicino.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns the bytes of a row into float32. A number that float32 cannot hold comes out as NaN or infinite, so one check
 * of the row finds all that is to be refused. Owns scratch memory of a row: one decoder a reader.
 */
@FunctionalInterface
interface FloatDecoder {
    /**
     * @param bytes the rows
     * @param offset where in {@code bytes} the row begins
     * @param row filled; as long as the layout has columns
     */
    void decode(MemorySegment bytes, long offset, float[] row);

    /** @throws IllegalArgumentException for a type that vectors are not read from */
    static FloatDecoder of(Layout layout) {
        int columns = layout.columns();
        ByteOrder order = layout.order();
        return switch (layout.element()) {
            case UINT8 -> uint8(columns);
            case INT32 -> int32(columns, ValueLayout.JAVA_INT_UNALIGNED.withOrder(order));
            case FLOAT16 -> float16(columns, ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order));
            case FLOAT32 -> float32(columns, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order));
            case FLOAT64 -> float64(columns, ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order));
            case UINT32, INT64 ->
                throw new IllegalArgumentException(
                        "element = " + layout.element().label() + ", expected a type of vectors");
        };
    }

    private static FloatDecoder uint8(int columns) {
        byte[] from = new byte[columns];
        return (bytes, offset, row) -> {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, from, 0, columns);
            for (int i = 0; i < columns; i++) {
                row[i] = from[i] & 0xff;
            }
        };
    }

    private static FloatDecoder int32(int columns, ValueLayout.OfInt layout) {
        int[] from = new int[columns];
        return (bytes, offset, row) -> {
            MemorySegment.copy(bytes, layout, offset, from, 0, columns);
            for (int i = 0; i < columns; i++) {
                float value = from[i];
                row[i] = (long) value == from[i] ? value : Float.NaN; // beyond 2²⁴ only some whole numbers are float32
            }
        };
    }

    private static FloatDecoder float16(int columns, ValueLayout.OfShort layout) {
        short[] from = new short[columns];
        return (bytes, offset, row) -> {
            MemorySegment.copy(bytes, layout, offset, from, 0, columns);
            for (int i = 0; i < columns; i++) {
                row[i] = Float.float16ToFloat(from[i]);
            }
        };
    }

    private static FloatDecoder float32(int columns, ValueLayout.OfFloat layout) {
        return (bytes, offset, row) -> MemorySegment.copy(bytes, layout, offset, row, 0, columns);
    }

    private static FloatDecoder float64(int columns, ValueLayout.OfDouble layout) {
        double[] from = new double[columns];
        return (bytes, offset, row) -> {
            MemorySegment.copy(bytes, layout, offset, from, 0, columns);
            for (int i = 0; i < columns; i++) {
                row[i] = (float) from[i];
            }
        };
    }
}
