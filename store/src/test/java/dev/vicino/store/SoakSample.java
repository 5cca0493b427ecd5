package dev.vicino.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a running collection takes at one moment.
 *
 * @param heapMib of the heap, after a collection of garbage
 * @param residentMib of the process, as Linux tells it; 0 elsewhere
 * @param filesMib of the folder
 * @param medianMicros of the searches since the last sample
 */
record SoakSample(double heapMib, double residentMib, double filesMib, double medianMicros) {
    private static final double MIB = 1 << 20;
    private static final Path PROCESS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    static SoakSample take(Path folder, SoakSearcher searcher) throws IOException {
        double micros = searcher.medianMicros();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new SoakSample(
                (runtime.totalMemory() - runtime.freeMemory()) / MIB, residentNow(), filesNow(folder), micros);
    }

    private static double residentNow() throws IOException {
        if (!Files.exists(PROCESS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(PROCESS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(kib -> Double.parseDouble(kib) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Files may go while they are counted. */
    private static double filesNow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(SoakSample::bytes).sum() / MIB;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return filesNow(folder);
            }
            throw e;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
