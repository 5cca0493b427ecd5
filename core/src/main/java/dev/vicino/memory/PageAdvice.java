package dev.vicino.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the system is told of mapped files: that pages are read here and there, so that others are not read with them, and which ones are
 * wanted soon, so that the disk reads them at the same time. Linux only, through {@code madvise}; elsewhere, and where the system refuses,
 * nothing happens.
 */
public final class PageAdvice {
    /** The smallest page of any system; where pages are larger the system refuses, which does no harm. */
    private static final long PAGE_BYTES = 4096;

    // <sys/mman.h> of Linux, the same numbers on x86-64 and AArch64.
    private static final int MADV_RANDOM = 1;
    private static final int MADV_WILLNEED = 3;

    private static final @Nullable MethodHandle MADVISE = find();

    private PageAdvice() {}

    /** Says that pages of some mapped memory are read one here, one there. */
    public static void random(Memory mapped) {
        advise(mapped.start(), mapped.bytes(), MADV_RANDOM);
    }

    /** Begins to read the pages that some bytes lie on, if they are not in memory. */
    public static void willNeed(long address, long bytes) {
        advise(address, bytes, MADV_WILLNEED);
    }

    private static void advise(long address, long bytes, int advice) {
        if (MADVISE == null || bytes == 0) {
            return;
        }
        long from = address & -PAGE_BYTES;
        try {
            int ignored = (int) MADVISE.invokeExact(from, address + bytes - from, advice);
        } catch (Throwable e) {
            throw new AssertionError("madvise cannot throw", e);
        }
    }

    @SuppressWarnings("restricted") // asked for first
    private static @Nullable MethodHandle find() {
        if (!Memory.DIRECT || !System.getProperty("os.name", "").equals("Linux")) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }
}
