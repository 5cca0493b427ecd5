package dev.vicino.files;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * fvecs, bvecs and ivecs, which differ in the type of the numbers alone. Little-endian; no header, so the length of the
 * file tells the number of rows, and there is at least one.
 *
 * <pre>
 * offset    size     field
 * r·i       4        d, 1 to 65,536, the same in every row; row i of r = 4 + s·d bytes
 * r·i + 4   s·d      numbers of s bytes: float32 (fvecs), uint8 (bvecs), int32 (ivecs)
 * </pre>
 */
final class VecsFormat {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int PREFIX_BYTES = Integer.BYTES;
    static final ValueLayout.OfInt PREFIX = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);

    private VecsFormat() {}

    /** Reads the first dimension and leaves the input where the first row begins. */
    static Layout layout(Input input, Element element) throws IOException {
        if (input.size() == 0) {
            throw input.corrupt(0, "the file", "empty: it has no rows", "at least one row");
        }
        int columns = input.segment().get(PREFIX, input.take(PREFIX_BYTES));
        if (!Layout.isColumns(columns)) {
            throw input.corrupt(0, "the dimension of row 0", columns, Layout.COLUMNS_EXPECTED);
        }
        input.rewind();
        int rowBytes = PREFIX_BYTES + columns * element.bytes();
        long rest = input.size() % rowBytes;
        if (rest != 0) {
            String expected = rowBytes + " bytes (dimension " + columns + ", as in row 0)";
            throw input.corrupt(input.size() - rest, "the last row", rest + " bytes long", expected);
        }
        return new Layout(element, ORDER, 0, PREFIX_BYTES, input.size() / rowBytes, columns);
    }
}
