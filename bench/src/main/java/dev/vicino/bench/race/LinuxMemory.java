package dev.vicino.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of the memory of this process, in bytes; elsewhere all of it is 0. See proc(5). */
public final class LinuxMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path SUMS = Path.of("/proc/self/smaps_rollup");
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    private static final int KIBIBYTE = 1024;

    private LinuxMemory() {}

    /** Begins anew with the peak, which is what the process has now. */
    public static long restartPeak() throws IOException {
        if (Files.isWritable(RESET)) {
            Files.writeString(RESET, RESET_PEAK);
        }
        return peak();
    }

    /** The most that the process had at a time. */
    public static long peak() throws IOException {
        return field(STATUS, "VmHWM");
    }

    /** What is no file's. */
    public static long anonymous() throws IOException {
        return field(STATUS, "RssAnon");
    }

    /** What lies on large pages, mapped files included. */
    public static long onLargePages() throws IOException {
        return field(SUMS, "AnonHugePages") + field(SUMS, "FilePmdMapped");
    }

    private static long field(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(name + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
            }
        }
        return 0;
    }
}
