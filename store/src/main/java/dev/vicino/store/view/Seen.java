package dev.vicino.store.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Which vectors a graph has: by ordinal, the sequence number of the operation that wrote the vector; 0 where it has none. */
final class Seen {
    private long[] moved;

    Seen() {
        this(new long[0]);
    }

    private Seen(long[] moved) {
        this.moved = moved;
    }

    long get(int ordinal) {
        return ordinal < moved.length ? moved[ordinal] : 0;
    }

    void set(int ordinal, long sequence) {
        if (ordinal >= moved.length) {
            moved = Arrays.copyOf(moved, Math.max(ordinal + 1, 2 * moved.length));
        }
        moved[ordinal] = sequence;
    }

    int end() {
        return moved.length;
    }

    byte[] toBytes() {
        byte[] bytes = new byte[moved.length * Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(moved);
        return bytes;
    }

    static Seen of(byte[] bytes) {
        long[] moved = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(moved);
        return new Seen(moved);
    }
}
