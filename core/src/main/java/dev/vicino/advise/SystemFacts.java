package dev.vicino.advise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of a machine. Elsewhere, and where a file is not there, what is most likely. */
final class SystemFacts {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path CONTAINER = Path.of("/sys/fs/cgroup/memory.max");
    private static final Path AUXILIARY = Path.of("/proc/self/auxv");

    /** The key of the size of a page in the auxiliary vector, {@code AT_PAGESZ}. */
    private static final long PAGE_SIZE = 6;

    private static final long USUAL_PAGE_BYTES = 4096;

    private SystemFacts() {}

    /** Bytes of memory for this process; 0 where the system does not say. */
    static long memoryBytes() {
        long machine = machineBytes();
        try {
            return Math.min(machine, Long.parseLong(Files.readString(CONTAINER).strip()));
        } catch (IOException | NumberFormatException e) {
            return machine; // no container, or one without a limit
        }
    }

    private static long machineBytes() {
        try {
            for (String line : Files.readAllLines(MEMORY)) {
                if (line.startsWith("MemTotal:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Bytes of an ordinary page. */
    static long pageBytes() {
        try {
            ByteBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(AUXILIARY)).order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 2 * Long.BYTES) {
                long key = pairs.getLong();
                long value = pairs.getLong();
                if (key == PAGE_SIZE) {
                    return value;
                }
            }
            return USUAL_PAGE_BYTES;
        } catch (IOException e) {
            return USUAL_PAGE_BYTES;
        }
    }
}
