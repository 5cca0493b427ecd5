package dev.vicino.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A block of off-heap memory: zeroed and private, or a file mapped read-only. Little-endian, at no particular alignment unless
 * allocated, which is at 64 bytes or more.
 *
 * <p>Kernels read {@code base()} at {@code start() + offset}. Where the JVM allows native access, {@code base()} is {@link #ALL}
 * for every block and {@code start()} an absolute address, so that the JIT sees one segment in all its life; where it does not,
 * {@code base()} is the block's own segment and {@code start()} is 0.
 *
 * <p>Any thread may read, write and close; whoever closes makes sure that nobody reads any more ({@link Lifetime}).
 */
public final class Memory implements AutoCloseable {
    /** Whether the JVM was started with {@code --enable-native-access}. Asking costs nothing and prints nothing. */
    public static final boolean DIRECT = Memory.class.getModule().isNativeAccessEnabled();

    /** All memory by absolute address; never used unless {@link #DIRECT}. */
    @SuppressWarnings("restricted") // asked for first
    public static final MemorySegment ALL =
            DIRECT ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE) : MemorySegment.NULL;

    /** Little-endian values at any alignment, as files have them. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A cache line; rows that start at one never split a 512-bit load. */
    private static final long ALIGNMENT = 64;

    /** Bytes behind every allocated block that belong to it; see {@link #hasSlack}. */
    private static final long SLACK = 64;

    /** The smallest page of any system; larger ones are multiples of it. */
    private static final long PAGE_BYTES = 4096;

    private final MemorySegment segment;
    private final @Nullable Arena arena;

    private Memory(MemorySegment segment, @Nullable Arena arena) {
        this.segment = segment;
        this.arena = arena;
    }

    /**
     * Allocates zeroed memory, on large pages where the system offers them.
     *
     * @throws OutOfMemoryError when there is not that much
     */
    public static Memory allocate(long bytes) {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment large = LargePages.allocate(bytes + SLACK, arena);
            MemorySegment block = large != null ? large : arena.allocate(bytes + SLACK, ALIGNMENT);
            return new Memory(block.asSlice(0, bytes), arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Maps a part of a file for reading. The file must not be truncated while it is mapped; indexes are replaced by renaming
     * for that reason.
     *
     * @throws IOException when the file cannot be opened or is shorter than {@code offset + bytes}
     */
    public static Memory map(Path file, long offset, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (bytes > channel.size() - offset) {
                throw new IOException(
                        file + " has " + channel.size() + " bytes, expected " + bytes + " from " + offset + " on");
            }
            return map(channel, offset, bytes);
        }
    }

    /** Maps a part of an open file, which may be closed afterwards; the file is long enough. */
    public static Memory map(FileChannel channel, long offset, long bytes) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            return new Memory(channel.map(FileChannel.MapMode.READ_ONLY, offset, bytes, arena), arena);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Whether {@value #SLACK} bytes behind this block can be read too. A masked load of the last row reads that far where the machine
     * has no masked loads of its own (NEON).
     */
    public boolean hasSlack() {
        return !segment.isMapped() || (-(segment.address() + segment.byteSize()) & (PAGE_BYTES - 1)) >= SLACK;
    }

    /** A copy of floats off the heap. */
    public static Memory of(float[] values) {
        Memory memory = allocate((long) values.length * Float.BYTES);
        MemorySegment.copy(values, 0, memory.segment, FLOAT, 0, values.length);
        return memory;
    }

    /** A copy on memory of its own, on large pages where the system offers them. */
    public Memory copy() {
        Memory copy = allocate(bytes());
        copy.copyFrom(this, bytes());
        return copy;
    }

    /** A part of this memory; it lives as long as this does, and closing it does nothing. */
    public Memory slice(long offset, long bytes) {
        return new Memory(segment.asSlice(offset, bytes), null);
    }

    /** Copies the first bytes of another block to the front of this one. */
    public void copyFrom(Memory other, long bytes) {
        MemorySegment.copy(other.segment, 0, segment, 0, bytes);
    }

    /** Writes the byte at an offset. */
    public void put(long offset, byte value) {
        segment.set(ValueLayout.JAVA_BYTE, offset, value);
    }

    /** Reads bytes from an offset on, as many as fit. */
    public void get(long offset, byte[] out) {
        MemorySegment.copy(base(), ValueLayout.JAVA_BYTE, start() + offset, out, 0, out.length);
    }

    /** The byte at an offset. */
    public byte getByte(long offset) {
        return base().get(ValueLayout.JAVA_BYTE, start() + offset);
    }

    /** Reads floats from place {@code from} on into {@code out[0, count)}. */
    public void get(long from, float[] out, int count) {
        MemorySegment.copy(base(), FLOAT, start() + from * Float.BYTES, out, 0, count);
    }

    /** The float in a place. */
    public float get(long place) {
        return base().get(FLOAT, start() + place * Float.BYTES);
    }

    /** Writes the float in a place. */
    public void put(long place, float value) {
        segment.set(FLOAT, place * Float.BYTES, value);
    }

    /** The double in a place. */
    public double getDouble(long place) {
        return Double.longBitsToDouble(segment.get(LONG, place * Double.BYTES));
    }

    /** Writes the double in a place. */
    public void putDouble(long place, double value) {
        segment.set(LONG, place * Double.BYTES, Double.doubleToRawLongBits(value));
    }

    /** The bytes with their bounds. */
    public MemorySegment segment() {
        return segment;
    }

    /** What kernels read from. */
    public MemorySegment base() {
        return DIRECT ? ALL : segment;
    }

    /** Where in {@link #base()} this memory begins. */
    public long start() {
        return DIRECT ? segment.address() : 0;
    }

    public long bytes() {
        return segment.byteSize();
    }

    /** Frees or unmaps the memory. */
    @Override
    public void close() {
        if (arena != null && arena.scope().isAlive()) {
            arena.close();
        }
    }
}
