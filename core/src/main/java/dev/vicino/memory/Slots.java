package dev.vicino.memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Slots of equal size, numbered from 0, in chunks of off-heap memory. A slot never moves while more are added, so that readers need not
 * know of it.
 *
 * <p>Immutable, but for a {@link #window}: {@link #with} gives another one that shares the chunks. Whoever made the chunks frees them.
 */
public final class Slots {
    /** A window is one chunk, larger than any of its uses. */
    private static final int WINDOW_SHIFT = 30;

    private final int bytes;
    private final int shift;
    private final int mask;
    private final long[] starts;
    private final MemorySegment[] bases;

    private Slots(int bytes, int shift, long[] starts, MemorySegment[] bases) {
        this.bytes = bytes;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
        this.starts = starts;
        this.bases = bases;
    }

    /**
     * No slots yet.
     *
     * @param bytes of a slot
     * @param shift a chunk has 2^shift slots
     */
    public static Slots empty(int bytes, int shift) {
        return new Slots(bytes, shift, new long[0], new MemorySegment[0]);
    }

    /** Slots over memory that {@link #moveTo} tells, and other memory the next time: for one thread. */
    public static Slots window(int bytes) {
        return new Slots(bytes, WINDOW_SHIFT, new long[1], new MemorySegment[] {MemorySegment.NULL});
    }

    /** Lays a window over memory, slot 0 at {@code start} of {@code base}. */
    public void moveTo(MemorySegment base, long start) {
        starts[0] = start;
        bases[0] = base;
    }

    /** These slots and behind them those of a block of memory, of which the last chunk may be a part. */
    public Slots with(Memory memory) {
        int chunks = Math.toIntExact(Math.ceilDiv(memory.bytes(), chunkBytes()));
        long[] moreStarts = Arrays.copyOf(starts, starts.length + chunks);
        MemorySegment[] moreBases = Arrays.copyOf(bases, bases.length + chunks);
        for (int i = 0; i < chunks; i++) {
            moreStarts[starts.length + i] = memory.start() + i * chunkBytes();
            moreBases[bases.length + i] = memory.base();
        }
        return new Slots(bytes, shift, moreStarts, moreBases);
    }

    /** Bytes of a slot. */
    public int bytes() {
        return bytes;
    }

    /** Bytes of a chunk. */
    public long chunkBytes() {
        return (long) bytes << shift;
    }

    /** Slots in a chunk. */
    public int chunk() {
        return 1 << shift;
    }

    /** Slots in all chunks. */
    public int capacity() {
        return starts.length << shift;
    }

    /** Where in {@link #base} a slot begins. */
    public long at(int slot) {
        return starts[slot >>> shift] + (long) (slot & mask) * bytes;
    }

    /** What a slot is read from; {@link Memory#ALL} wherever that may be used. */
    public MemorySegment base(int slot) {
        return bases[slot >>> shift];
    }
}
