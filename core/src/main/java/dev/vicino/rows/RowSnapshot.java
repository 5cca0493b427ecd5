package dev.vicino.rows;

import dev.vicino.code.Code;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Ids;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * The rows of some slots as they are written to a file, renumbered from 0 on. Sections:
 *
 * <pre>
 * rows       n·d float32, row-major; or n codes
 * rows.code  float32 parameters of the code, where rows are written by one
 * norms      n float32
 * extremes   int32, rising: rows whose norm single precision cannot square
 * ids        n int64; missing where the ids are 0 … n−1
 * </pre>
 */
public final class RowSnapshot {
    /** Of the rows. */
    public static final String ROWS = "rows";

    /** Of what the rows are written by. */
    public static final String CODE = "rows.code";

    private final RowStore rows;
    private final Ids ids;
    private final int[] slots;

    /**
     * Of slots.
     *
     * @param slots rising
     */
    public RowSnapshot(RowStore rows, Ids ids, int[] slots) {
        this.rows = rows;
        this.ids = ids;
        this.slots = slots;
    }

    /** Adds these sections. */
    public void addTo(IndexFileWriter writer) {
        writer.section(ROWS, (long) slots.length * rows.slots().bytes(), this::rowRuns)
                .section("norms", norms())
                .section("extremes", extremes());
        Code code = rows.code();
        if (code != null) {
            writer.section(CODE, bytes(code.parameters()));
        }
        if (IntStream.range(0, slots.length).anyMatch(i -> ids.of(slots[i]) != i)) {
            writer.section("ids", ids());
        }
    }

    /** Rows that follow each other in memory are written at once. */
    private Iterator<MemorySegment> rowRuns() {
        Slots from = rows.slots();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < slots.length;
            }

            @Override
            public MemorySegment next() {
                int first = next++;
                while (next < slots.length && slots[next] == slots[next - 1] + 1 && slots[next] % from.chunk() != 0) {
                    next++;
                }
                return from.base(slots[first]).asSlice(from.at(slots[first]), (long) (next - first) * from.bytes());
            }
        };
    }

    private MemorySegment norms() {
        float[] norms = new float[slots.length];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = rows.norm(slots[i]);
        }
        return bytes(norms);
    }

    private MemorySegment extremes() {
        int[] extremes = rows.hasExtremes()
                ? IntStream.range(0, slots.length)
                        .filter(i -> rows.isExtreme(slots[i]))
                        .toArray()
                : new int[0];
        return bytes(extremes, extremes.length);
    }

    private MemorySegment ids() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Long.BYTES * slots.length]);
        for (int i = 0; i < slots.length; i++) {
            bytes.set(Memory.LONG, (long) i * Long.BYTES, ids.of(slots[i]));
        }
        return bytes;
    }

    /** Floats as a file has them. */
    public static MemorySegment bytes(float[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Float.BYTES * values.length]);
        MemorySegment.copy(values, 0, bytes, Memory.FLOAT, 0, values.length);
        return bytes;
    }

    /** The first few of some integers as a file has them. */
    public static MemorySegment bytes(int[] values, int count) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES * count]);
        MemorySegment.copy(values, 0, bytes, Memory.INT, 0, count);
        return bytes;
    }
}
