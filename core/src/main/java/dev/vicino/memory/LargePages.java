package dev.vicino.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of 2 MiB for what is read hot: fewer misses of the address translation on every walk through memory. Linux only, through
 * {@code mmap} and {@code madvise(MADV_HUGEPAGE)}; elsewhere, and where the system refuses, memory has ordinary pages and nothing
 * is said.
 */
public final class LargePages {
    private static final long PAGE_BYTES = 2L << 20;
    private static final Path THP = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    // <sys/mman.h> of Linux, the same numbers on x86-64 and AArch64.
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    private static final @Nullable Calls CALLS = Calls.find();

    private LargePages() {}

    /** Whether the system hands out large pages on request: transparent huge pages are {@code always} or {@code madvise}. */
    public static boolean available() {
        return CALLS != null;
    }

    /** Bytes of this process's memory that lie on large pages now, of what was asked for anonymously; 0 where unknown. */
    public static long bytesInUse() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
                if (line.startsWith("AnonHugePages:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return 0; // no such file outside Linux
        }
        return 0;
    }

    /** Zeroed memory aligned to a large page, or null where large pages are not to be had or the block is smaller than one. */
    @SuppressWarnings("restricted") // CALLS is null unless native access is allowed
    static @Nullable MemorySegment allocate(long bytes, Arena arena) {
        if (CALLS == null || bytes < PAGE_BYTES) {
            return null;
        }
        // One page more than asked for, so that an aligned block fits; what is never touched is never backed by memory.
        long mapped = bytes + PAGE_BYTES;
        long address = CALLS.map(mapped);
        if (address == MAP_FAILED) {
            return null;
        }
        long aligned = (address + PAGE_BYTES - 1) & -PAGE_BYTES;
        CALLS.advise(aligned, bytes);
        return MemorySegment.ofAddress(aligned).reinterpret(bytes, arena, ignored -> CALLS.unmap(address, mapped));
    }

    /** The three system calls. */
    private record Calls(MethodHandle mmap, MethodHandle munmap, MethodHandle madvise) {
        static @Nullable Calls find() {
            if (!Memory.DIRECT || !System.getProperty("os.name", "").equals("Linux") || !offered()) {
                return null;
            }
            return new Calls(
                    call("mmap", ADDRESS, List.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)),
                    call("munmap", JAVA_INT, List.of(JAVA_LONG, JAVA_LONG)),
                    call("madvise", JAVA_INT, List.of(JAVA_LONG, JAVA_LONG, JAVA_INT)));
        }

        private static boolean offered() {
            try {
                return !Files.readString(THP).contains("[never]");
            } catch (IOException e) {
                return false;
            }
        }

        @SuppressWarnings("restricted")
        private static MethodHandle call(String name, MemoryLayout result, List<? extends MemoryLayout> arguments) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, arguments.toArray(MemoryLayout[]::new)));
        }

        long map(long bytes) {
            try {
                return ((MemorySegment) mmap.invokeExact(0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L))
                        .address();
            } catch (Throwable e) {
                throw new AssertionError("mmap cannot throw", e);
            }
        }

        void unmap(long address, long bytes) {
            try {
                int failed = (int) munmap.invokeExact(address, bytes);
                assert failed == 0 : "munmap of a block of ours";
            } catch (Throwable e) {
                throw new AssertionError("munmap cannot throw", e);
            }
        }

        /** A refusal leaves ordinary pages, which is all right. */
        void advise(long address, long bytes) {
            try {
                int ignored = (int) madvise.invokeExact(address, bytes, MADV_HUGEPAGE);
            } catch (Throwable e) {
                throw new AssertionError("madvise cannot throw", e);
            }
        }
    }
}
