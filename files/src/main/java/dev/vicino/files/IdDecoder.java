package dev.vicino.files;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns the bytes of a row into ids. Owns scratch memory of a row: one decoder a file. */
@FunctionalInterface
interface IdDecoder {
    /**
     * @param bytes the rows
     * @param offset where in {@code bytes} the row begins
     * @param ids filled from {@code from}, with as many ids as the layout has columns
     */
    void decode(MemorySegment bytes, long offset, long[] ids, int from);

    /** @throws IllegalArgumentException for a type that ids are not read from */
    static IdDecoder of(Layout layout) {
        int columns = layout.columns();
        ByteOrder order = layout.order();
        return switch (layout.element()) {
            case INT32 -> int32(columns, ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), -1L);
            case UINT32 -> int32(columns, ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 0xffff_ffffL);
            case INT64 -> int64(columns, ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order));
            case UINT8, FLOAT16, FLOAT32, FLOAT64 ->
                throw new IllegalArgumentException(
                        "element = " + layout.element().label() + ", expected a type of ids");
        };
    }

    /** @param mask the bits kept of the sign-extended number: all for int32, the lower half for uint32 */
    private static IdDecoder int32(int columns, ValueLayout.OfInt layout, long mask) {
        int[] scratch = new int[columns];
        return (bytes, offset, ids, from) -> {
            MemorySegment.copy(bytes, layout, offset, scratch, 0, columns);
            for (int i = 0; i < columns; i++) {
                ids[from + i] = scratch[i] & mask;
            }
        };
    }

    private static IdDecoder int64(int columns, ValueLayout.OfLong layout) {
        return (bytes, offset, ids, from) -> MemorySegment.copy(bytes, layout, offset, ids, from, columns);
    }
}
