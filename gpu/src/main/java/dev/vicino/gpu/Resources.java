package dev.vicino.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/** What somebody has of the driver, given back in reverse order. Not safe for use by several threads. */
final class Resources implements AutoCloseable {
    private static final long LEAST_BYTES = 16;
    private static final long ALIGNMENT = 64;

    private final Driver driver;
    private final Arena arena = Arena.ofShared();
    private final Deque<Runnable> releases = new ArrayDeque<>();

    Resources(Driver driver) {
        this.driver = driver;
        releases.push(arena::close);
    }

    /** Memory of the card, whose address this is. */
    long allocate(long bytes) {
        long address = driver.allocate(Math.max(bytes, LEAST_BYTES));
        releases.push(() -> driver.free(address));
        return address;
    }

    /** Main memory that the driver can read and write. */
    MemorySegment host(long bytes) {
        return arena.allocate(Math.max(bytes, LEAST_BYTES), ALIGNMENT).asSlice(0, bytes);
    }

    /** A stream, which has come to its end before anything is given back that was taken before it. */
    long stream() {
        long stream = driver.createStream();
        releases.push(() -> driver.destroyStream(stream));
        releases.push(() -> driver.synchronizeStream(stream));
        return stream;
    }

    long event() {
        long event = driver.createEvent();
        releases.push(() -> driver.destroyEvent(event));
        return event;
    }

    /** The kernels of a text. */
    long module(String ptx) {
        long module = driver.loadModule(ptx);
        releases.push(() -> driver.unloadModule(module));
        return module;
    }

    /** Gives all back because of something else, which is what the caller should hear of. */
    void close(Throwable because) {
        try {
            close();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    /** Gives all back, also where the driver refuses to take some of it; then its first refusal is thrown. */
    @Override
    public void close() {
        RuntimeException refusal = null;
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (RuntimeException e) {
                if (refusal == null) {
                    refusal = e;
                } else {
                    refusal.addSuppressed(e);
                }
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }
}
