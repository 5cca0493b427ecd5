package dev.vicino.bench.exact;

import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Memory of a process that is resident and no file's.
 *
 * @param anonymousBytes all of it; 0 where the system does not say
 * @param largePageBytes what of it lies on large pages
 */
public record ProcessMemory(long anonymousBytes, long largePageBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";

    /** Of this process, now. */
    public static ProcessMemory now() throws IOException {
        return new ProcessMemory(anonymous(), Vicino.bytesOnLargePages());
    }

    private static long anonymous() throws IOException {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ANONYMOUS)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (NoSuchFileException e) {
            return 0; // not Linux
        }
    }
}
