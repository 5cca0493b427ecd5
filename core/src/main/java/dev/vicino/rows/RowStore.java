package dev.vicino.rows;

import dev.vicino.code.Code;
import dev.vicino.code.Sample;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.memory.PageAdvice;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Query;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all slots, float32 or each written by a code, and their norms: first those that were there to begin with, in memory or in a
 * mapped file, which is never written; behind them, from the next whole chunk on, those that were added.
 *
 * <p>Any number of threads may read; growing and writing are the caller's to guard. Rows and norms that were there to begin with belong to
 * whoever gave them, the others are freed by {@link #close}.
 */
public final class RowStore implements Sample, AutoCloseable {
    /** Rows are added in chunks of about this size: large pages are worth it, and little is taken that is not used. */
    private static final long CHUNK_BYTES = 8 << 20;

    private static final int MIN_CHUNK = 64;

    /** Blocks have to be had for a chunk too, however short its rows are. */
    private static final int MAX_CHUNK = 8192;

    private final Form form;
    private final int dimension;
    private final @Nullable Code code;
    private final int firstSize;
    private final Distances first;
    private final Memory firstRows;
    private final Norms firstNorms;
    private final int firstCapacity;
    private volatile Added[] added = new Added[0];
    private volatile Slots rows;
    private volatile Slots norms;
    private volatile boolean extremes;

    private record Added(Memory rows, Norms norms, Distances distances) {}

    /**
     * Of rows that are there to begin with.
     *
     * @param code what all rows are written by, each a vector of the code then; null where they are float32
     * @param firstNorms of those vectors
     */
    public RowStore(Form form, Memory memory, @Nullable Code code, Norms firstNorms, int size, int dimension) {
        this.form = form;
        this.dimension = dimension;
        this.code = code;
        this.firstSize = size;
        this.firstRows = memory;
        this.firstNorms = firstNorms;
        this.first = distances(memory, firstNorms, size);
        int shift = shift(dimension);
        int bytes = code == null ? dimension * Float.BYTES : code.bytes();
        this.rows = Slots.empty(bytes, shift).with(memory.slice(0, (long) size * bytes));
        this.norms = Slots.empty(Float.BYTES, shift).with(firstNorms.memory().slice(0, (long) size * Float.BYTES));
        this.firstCapacity = rows.capacity();
        this.extremes = firstNorms.hasExtremes();
    }

    /** Of float32 rows; of no rows where there is a code, to prepare queries alone. */
    private Distances distances(Memory memory, Norms norms, int size) {
        return Distances.of(form, Rows.of(memory, code == null ? size : 0, dimension), norms);
    }

    /** How many slots are in a chunk, as a power of two. */
    public static int shift(int dimension) {
        long perChunk = Math.clamp(CHUNK_BYTES / (4L * dimension), MIN_CHUNK, MAX_CHUNK);
        return 63 - Long.numberOfLeadingZeros(perChunk);
    }

    public Form form() {
        return form;
    }

    public int dimension() {
        return dimension;
    }

    public Slots slots() {
        return rows;
    }

    /** Slots of the rows that were there to begin with. */
    public int firstSize() {
        return firstSize;
    }

    /** Whether a slot may have had a row: those from the first rows to the end of their chunk never get one. */
    public boolean isUsable(int slot) {
        return slot < firstSize || slot >= firstCapacity;
    }

    /** The first slot of those that can be added. */
    public int firstCapacity() {
        return firstCapacity;
    }

    public int capacity() {
        return rows.capacity();
    }

    /** Adds a chunk. */
    public void grow() {
        int chunk = rows.chunk();
        Memory memory = Memory.allocate(rows.chunkBytes());
        Norms more = Norms.empty(chunk, form == Form.COSINE);
        Added[] all = Arrays.copyOf(added, added.length + 1);
        all[added.length] = new Added(memory, more, distances(memory, more, chunk));
        added = all;
        norms = norms.with(more.memory());
        rows = rows.with(memory);
    }

    /** Whether another row can be written to a slot: not to one that lies in a file, or that exact search has an exception for. */
    public boolean isWritable(int slot) {
        return slot >= firstCapacity || (!firstRows.segment().isMapped() && !firstNorms.isExtremeRow(slot));
    }

    /** Writes the row of a slot. */
    public void put(int slot, float[] row) {
        if (code == null) {
            MemorySegment.copy(row, 0, rows.base(slot), Memory.FLOAT, rows.at(slot), dimension);
            putNorm(slot, row);
        } else {
            code.encoder().encode(row, rows.base(slot), rows.at(slot));
            float[] decoded = new float[dimension];
            get(slot, decoded);
            putNorm(slot, decoded);
        }
    }

    private void putNorm(int slot, float[] row) {
        int place = slot - firstCapacity;
        boolean extreme = place < 0
                ? firstNorms.store(slot, row)
                : added[place / rows.chunk()].norms.store(place % rows.chunk(), row);
        extremes |= extreme;
    }

    /** Copies the row of a slot. */
    public void get(int slot, float[] out) {
        if (code == null) {
            MemorySegment.copy(rows.base(slot), Memory.FLOAT, rows.at(slot), out, 0, dimension);
        } else {
            code.decode(rows.base(slot), rows.at(slot), out);
        }
    }

    /** What is left of a vector as a row. */
    public float[] kept(float[] vector) {
        if (code == null) {
            return vector;
        }
        MemorySegment bytes = MemorySegment.ofArray(new byte[code.bytes()]);
        code.encoder().encode(vector, bytes, 0);
        float[] kept = new float[dimension];
        code.decode(bytes, 0, kept);
        return kept;
    }

    /** What all rows are written by; null where they are float32. */
    public @Nullable Code code() {
        return code;
    }

    /** Whether rows lie in a mapped file, where reading one may wait for the disk. */
    public boolean isMapped() {
        return firstRows.segment().isMapped();
    }

    /** Says that rows of a mapped file are read one here, one there. */
    public void adviseRandom() {
        if (isMapped()) {
            PageAdvice.random(firstRows);
        }
    }

    /** Begins to read the row of a slot from the disk, if it is not in memory. */
    public void willNeed(int slot) {
        if (slot < firstSize && isMapped()) {
            PageAdvice.willNeed(rows.at(slot), rows.bytes());
        }
    }

    /** Bytes of a row where they lie. */
    public MemorySegment segment(int slot) {
        return rows.base(slot).asSlice(rows.at(slot), rows.bytes());
    }

    /** The stored norm of a row: inverse under cosine. */
    public float norm(int slot) {
        return norms.base(slot).get(Memory.FLOAT, norms.at(slot));
    }

    /** The stored norms of some rows. They lie anywhere: all are read before any is used, so that the reads overlap. */
    public void norms(int[] slots, int count, float[] out) {
        Slots all = norms;
        for (int i = 0; i < count; i++) {
            MemorySegment base = Memory.DIRECT ? Memory.ALL : all.base(slots[i]);
            out[i] = base.get(Memory.FLOAT, all.at(slots[i]));
        }
    }

    /** Whether there may be rows that single precision cannot compare. */
    public boolean hasExtremes() {
        return extremes;
    }

    /** Whether a row is one of those. */
    public boolean isExtreme(int slot) {
        float norm = norm(slot);
        if (form != Form.COSINE) {
            return Norms.isExtreme(norm);
        }
        if (norm == 0) { // a zero row, or one whose inverse norm is too small for a float
            float[] row = new float[dimension];
            get(slot, row);
            return Norms.isExtreme(Norms.of(row));
        }
        return Float.isInfinite(norm) || Norms.isExtreme(1.0 / norm);
    }

    public Query prepare(float[] query) {
        return first.prepare(query, null);
    }

    /** The distance as exact search defines it; of a row that is written by a code, in double precision. */
    public float exact(Query query, int slot) {
        if (code != null) {
            float[] row = new float[dimension];
            get(slot, row);
            return Distances.inDouble(form, row, query.values());
        }
        if (slot < firstCapacity) {
            return first.compute(query, slot, extremes && isExtreme(slot));
        }
        int place = slot - firstCapacity;
        int chunk = rows.chunk();
        return added[place / chunk].distances.compute(query, place % chunk, extremes && isExtreme(slot));
    }

    @Override
    public int size() {
        return firstSize;
    }

    @Override
    public void copy(int place, float[] into) {
        get(place, into);
    }

    /** The rows of some slots; this store itself is those that were there to begin with. */
    public Sample sample(int[] slots) {
        return new Sample() {
            @Override
            public int size() {
                return slots.length;
            }

            @Override
            public void copy(int place, float[] into) {
                get(slots[place], into);
            }
        };
    }

    /** Memory of the rows added and of all norms. */
    public long bytesAdded() {
        return added.length * (rows.chunkBytes() + norms.chunkBytes());
    }

    public Norms firstNorms() {
        return firstNorms;
    }

    @Override
    public void close() {
        for (Added chunk : added) {
            chunk.rows.close();
            chunk.norms.memory().close();
        }
    }
}
