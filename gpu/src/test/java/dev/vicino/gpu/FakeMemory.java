package dev.vicino.gpu;

import dev.vicino.card.CardException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/** The memory of a card that there is not: whoever leaves what was allocated is caught, and fresh memory is full of junk. */
final class FakeMemory {
    private static final long GAP = 4096;
    private static final byte JUNK = 0x7B;

    private final TreeMap<Long, Block> blocks = new TreeMap<>();
    private final long capacity;
    private long next = 1L << 40;

    /** What was allocated at once. */
    private record Block(Arena arena, MemorySegment bytes) {}

    FakeMemory(long capacity) {
        this.capacity = capacity;
    }

    long bytesFree() {
        return capacity
                - blocks.values().stream()
                        .mapToLong(block -> block.bytes.byteSize())
                        .sum();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    long allocate(long bytes) {
        if (bytes <= 0) {
            throw new CardException("cuMemAlloc failed: CUDA_ERROR_INVALID_VALUE, invalid argument");
        }
        if (bytes > bytesFree()) {
            throw new CardException("cuMemAlloc failed: CUDA_ERROR_OUT_OF_MEMORY, out of memory");
        }
        long address = next;
        Arena arena = Arena.ofShared();
        blocks.put(address, new Block(arena, arena.allocate(bytes, Long.BYTES).fill(JUNK)));
        next += (bytes + GAP) / GAP * GAP + GAP;
        return address;
    }

    void free(long address) {
        Block block = blocks.remove(address);
        if (block == null) {
            throw new IllegalStateException("nothing was allocated at " + address);
        }
        block.arena.close();
    }

    /** From an address to the end of what was allocated there. */
    MemorySegment at(long address) {
        Map.Entry<Long, Block> block = blocks.floorEntry(address);
        if (block == null || address > block.getKey() + block.getValue().bytes.byteSize()) {
            throw new IllegalStateException("nothing is allocated at " + address);
        }
        return block.getValue().bytes.asSlice(address - block.getKey());
    }

    MemorySegment at(long address, long bytes) {
        return at(address).asSlice(0, bytes);
    }

    float number(long address, long place) {
        return at(address).getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, place);
    }

    void number(long address, long place, float value) {
        at(address).setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, place, value);
    }

    int whole(long address, long place) {
        return at(address).getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, place);
    }

    void whole(long address, long place, int value) {
        at(address).setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, place, value);
    }

    float half(long address, long place) {
        return Float.float16ToFloat(at(address).getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, place));
    }

    void half(long address, long place, float value) {
        at(address).setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, place, Float.floatToFloat16(value));
    }
}
