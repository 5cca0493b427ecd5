package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Slots of a test with something in them. */
final class FilledSlots implements AutoCloseable {
    static final int ROWS = 20;

    /** Slots in a chunk, so that rows of a call lie in several. */
    private static final int SHIFT = 3;

    final Slots slots;
    private final Memory memory;

    FilledSlots(int bytes) {
        memory = Memory.allocate((long) ROWS * bytes);
        slots = Slots.empty(bytes, SHIFT).with(memory);
    }

    void put(int slot, float[] row) {
        MemorySegment.copy(row, 0, slots.base(slot), Memory.FLOAT, slots.at(slot), row.length);
    }

    void put(int slot, byte[] row) {
        MemorySegment.copy(row, 0, slots.base(slot), ValueLayout.JAVA_BYTE, slots.at(slot), row.length);
    }

    void put(int slot, long[] row) {
        MemorySegment.copy(row, 0, slots.base(slot), Memory.LONG, slots.at(slot), row.length);
    }

    @Override
    public void close() {
        memory.close();
    }

    /** Some slots, some of them more than once. */
    static int[] some(Random random, int count) {
        return random.ints(count, 0, ROWS).toArray();
    }
}
