package dev.vicino.bench.race;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What the system keeps of files in memory. Linux only. */
public final class PageCache {
    private static final int O_RDONLY = 0;
    private static final int POSIX_FADV_DONTNEED = 4;

    private PageCache() {}

    /** Drops a file that nobody has mapped and that is on the disk; tells whether the system did. */
    public static boolean drop(Path file) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open = call("open", ADDRESS, JAVA_INT);
            MethodHandle advise = call("posix_fadvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
            MethodHandle close = call("close", JAVA_INT);
            int descriptor = (int) open.invokeExact(arena.allocateFrom(file.toString()), O_RDONLY);
            if (descriptor < 0) {
                return false;
            }
            int failed = (int) advise.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED);
            int closed = (int) close.invokeExact(descriptor);
            return failed == 0 && closed == 0;
        } catch (Throwable e) {
            throw new AssertionError("system calls cannot throw", e);
        }
    }

    @SuppressWarnings("restricted") // a benchmark is started with native access
    private static MethodHandle call(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }
}
