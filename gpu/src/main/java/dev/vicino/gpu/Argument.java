package dev.vicino.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The parameter of a kernel: a struct of addresses and then ints, in the order in which they are added. */
final class Argument implements AutoCloseable {
    private static final long MAX_BYTES = 128;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment struct = arena.allocate(MAX_BYTES, Long.BYTES);
    private long size;

    Argument addresses(long... addresses) {
        for (long address : addresses) {
            struct.set(ValueLayout.JAVA_LONG, size, address);
            size += Long.BYTES;
        }
        return this;
    }

    Argument ints(int... numbers) {
        for (int number : numbers) {
            struct.set(ValueLayout.JAVA_INT, size, number);
            size += Integer.BYTES;
        }
        return this;
    }

    MemorySegment struct() {
        return struct;
    }

    @Override
    public void close() {
        arena.close();
    }
}
