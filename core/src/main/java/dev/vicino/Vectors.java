package dev.vicino;

import dev.vicino.code.Sample;
import dev.vicino.code.Sphere;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of n × d float32 values, row-major: on the heap, off the heap, or in a mapped file. Rows stay as they came, bit for bit.
 *
 * <p>At most {@value #MAX_SIZE} rows of {@value #MAX_DIMENSION} values; offsets are 64-bit, so there may be more than 2³¹ values in all.
 *
 * <p>Any number of threads may read. Memory off the heap is freed by {@link #close}, which waits for searches under way; later
 * ones fail with {@link IllegalStateException}. An index that is built from vectors owns them from then on and closes them.
 */
public final class Vectors implements AutoCloseable {
    /** The highest dimension taken. Embeddings have up to some thousands; a higher number is far more likely a damaged file. */
    public static final int MAX_DIMENSION = 65_536;

    /** The most rows taken: a row number and a block of rows more than it is still an int. */
    public static final int MAX_SIZE = Integer.MAX_VALUE - (1 << 21);

    private static final ValueLayout.OfFloat FLOAT = Memory.FLOAT;

    private final MemorySegment values;
    private final @Nullable Memory memory;
    private final int size;
    private final int dimension;
    private final Lifetime lifetime = new Lifetime("vectors");

    private Vectors(MemorySegment values, @Nullable Memory memory, int size, int dimension) {
        this.values = values;
        this.memory = memory;
        this.size = size;
        this.dimension = dimension;
    }

    /**
     * Wraps n·d values on the heap, without copying them; they must not change afterwards.
     *
     * @throws IllegalArgumentException when the length is no multiple of the dimension
     */
    public static Vectors of(float[] values, int dimension) {
        checkDimension(dimension);
        if (values.length % dimension != 0) {
            throw new IllegalArgumentException(
                    "values.length = " + values.length + ", expected a multiple of dimension = " + dimension);
        }
        return new Vectors(MemorySegment.ofArray(values), null, values.length / dimension, dimension);
    }

    /**
     * Copies rows of equal length to memory off the heap.
     *
     * @throws IllegalArgumentException when there is no row, or one has another length than the first
     */
    public static Vectors of(float[]... rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("rows.length = 0, expected at least 1: no row, no dimension");
        }
        try (Builder builder = builder(rows[0].length).reserve(rows.length)) {
            for (float[] row : rows) {
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** Starts a matrix off the heap that grows row by row. */
    public static Builder builder(int dimension) {
        checkDimension(dimension);
        return new Builder(dimension);
    }

    /**
     * Maps rows of little-endian float32 in a file, which must not change while they are mapped.
     *
     * @param offset where in the file row 0 begins, in bytes
     * @throws IOException when the file cannot be read or is too short
     */
    public static Vectors map(Path file, long offset, int size, int dimension) throws IOException {
        checkDimension(dimension);
        if (offset < 0 || size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "offset = " + offset + ", size = " + size + ", expected none below 0 and size at most " + MAX_SIZE);
        }
        return of(Memory.map(file, offset, bytes(size, dimension)), size, dimension);
    }

    /** The first {@code size} rows of a block of memory, which is freed when this is closed. For indexes, not for users. */
    static Vectors of(Memory memory, int size, int dimension) {
        return new Vectors(memory.segment(), memory, size, dimension);
    }

    static void checkDimension(int dimension) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("dimension = " + dimension + ", expected 1.." + MAX_DIMENSION);
        }
    }

    private static long bytes(long size, int dimension) {
        return size * dimension * Float.BYTES;
    }

    /** Rows, n. */
    public int size() {
        return size;
    }

    /** Values in a row, d. */
    public int dimension() {
        return dimension;
    }

    /** A copy of a row, d values. */
    public float[] row(int row) {
        float[] copy = new float[dimension];
        copyRow(row, copy);
        return copy;
    }

    /**
     * Copies a row into the first d places of an array.
     *
     * @throws IndexOutOfBoundsException for a row outside 0 … n−1
     * @throws IllegalStateException after {@link #close}
     */
    public void copyRow(int row, float[] into) {
        if (row < 0 || row >= size) {
            throw new IndexOutOfBoundsException("row = " + row + ", expected 0.." + (size - 1));
        }
        lifetime.enter();
        try {
            MemorySegment.copy(values, FLOAT, bytes(row, dimension), into, 0, dimension);
        } finally {
            lifetime.exit();
        }
    }

    /** Frees memory off the heap once no search reads it any more. Closing twice does nothing. */
    @Override
    public void close() {
        if (lifetime.close() && memory != null) {
            memory.close();
        }
    }

    /** Who reads {@link #memory} holds this meanwhile. */
    Lifetime lifetime() {
        return lifetime;
    }

    /** These rows off the heap where kernels can read them: themselves, or a copy. */
    Vectors offHeap() {
        if (memory != null && memory.hasSlack()) {
            return this;
        }
        lifetime.enter();
        try {
            Memory copy = Memory.allocate(bytes(size, dimension));
            MemorySegment.copy(values, 0, copy.segment(), 0, bytes(size, dimension));
            return of(copy, size, dimension);
        } finally {
            lifetime.exit();
        }
    }

    /**
     * A copy of these rows with length 1, but for rows of zeros.
     *
     * @throws IllegalArgumentException for a value that is not finite, naming row and column
     */
    Vectors normalised() {
        try (Builder builder = builder(dimension).reserve(size)) {
            float[] row = new float[dimension];
            for (int i = 0; i < size; i++) {
                copyRow(i, row);
                Arguments.checkVector("row " + i, row, dimension);
                Sphere.normalise(row, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** These rows as codes learn from them. */
    Sample sample() {
        return new Sample() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public void copy(int place, float[] into) {
                copyRow(place, into);
            }
        };
    }

    /** The memory of rows off the heap. */
    Memory memory() {
        if (memory == null) {
            throw new IllegalStateException("vectors are on the heap, expected them off it");
        }
        return memory;
    }

    /** A matrix off the heap while it grows. Not safe for use by several threads. Closing frees it unless it was built. */
    public static final class Builder implements AutoCloseable {
        private static final int FIRST_ROWS = 64;

        private final int dimension;
        private @Nullable Memory memory;
        private int size;

        private Builder(int dimension) {
            this.dimension = dimension;
        }

        /**
         * Makes room for that many rows in all, so that adding them copies nothing.
         *
         * @throws IllegalArgumentException for more than {@value #MAX_SIZE} rows
         */
        public Builder reserve(long rows) {
            if (rows < 0 || rows > MAX_SIZE) {
                throw new IllegalArgumentException("rows = " + rows + ", expected 0.." + MAX_SIZE);
            }
            if (memory == null || memory.bytes() < bytes(rows, dimension)) {
                Memory larger = Memory.allocate(bytes(rows, dimension));
                if (memory != null) {
                    larger.copyFrom(memory, bytes(size, dimension));
                    memory.close();
                }
                memory = larger;
            }
            return this;
        }

        /**
         * Appends a copy of a row of d values.
         *
         * @throws IllegalArgumentException for a row of another length
         */
        public Builder add(float[] row) {
            if (row.length != dimension) {
                throw new IllegalArgumentException(
                        "row " + size + " has dimension " + row.length + ", expected " + dimension);
            }
            MemorySegment.copy(row, 0, room().segment(), FLOAT, bytes(size, dimension), dimension);
            size++;
            return this;
        }

        /** Memory with room for one row more. */
        private Memory room() {
            if (memory == null || memory.bytes() < bytes(size + 1L, dimension)) {
                long doubled = Math.max(FIRST_ROWS, Math.min(2L * size, MAX_SIZE));
                reserve(Math.max(doubled, size + 1L));
            }
            return Objects.requireNonNull(memory);
        }

        /** The rows added; the builder is empty afterwards. */
        public Vectors build() {
            Memory rows = memory == null ? Memory.allocate(0) : memory;
            Vectors vectors = Vectors.of(rows, size, dimension);
            memory = null;
            size = 0;
            return vectors;
        }

        @Override
        public void close() {
            if (memory != null) {
                memory.close();
                memory = null;
                size = 0;
            }
        }
    }
}
