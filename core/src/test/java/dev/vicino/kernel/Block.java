package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/** Rows of a test off the heap, beginning any number of bytes behind an aligned address. */
final class Block implements AutoCloseable {
    /** From perfectly aligned to not even on a whole float. */
    static final int[] STARTS = {0, 1, 4, 20, 62};

    final Rows rows;
    private final Memory memory;

    private Block(Memory memory, Rows rows) {
        this.memory = memory;
        this.rows = rows;
    }

    static Block of(float[][] values, int start) {
        int d = values[0].length;
        long rowBytes = 4L * d;
        Memory memory = Memory.allocate(start + values.length * rowBytes);
        for (int r = 0; r < values.length; r++) {
            MemorySegment.copy(values[r], 0, memory.segment(), Memory.FLOAT, start + r * rowBytes, d);
        }
        return new Block(memory, new Rows(memory.base(), memory.start() + start, values.length, d));
    }

    /** Every short length, and those that embeddings have, with neighbours of theirs. */
    static IntStream lengths() {
        return IntStream.concat(IntStream.rangeClosed(1, 70), IntStream.of(100, 127, 128, 384, 768, 1021, 1536, 4098));
    }

    @Override
    public void close() {
        memory.close();
    }
}
