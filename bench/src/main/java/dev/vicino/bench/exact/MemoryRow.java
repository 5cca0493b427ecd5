package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Memory that an opened index takes above the pages of its file.
 *
 * @param data name of the data set
 * @param grownBytes by how much the anonymous memory of a JVM grew when it opened the index, loaded it and searched it
 * @param codeBytes size of the codes
 * @param ratio the first by the second; null where there are no codes, because the vectors are few
 */
record MemoryRow(
        String data,
        int vectors,
        int dimension,
        long grownBytes,
        long codeBytes,
        @Nullable Double ratio) {
    private static final int QUERIES = 100;
    private static final int K = 10;

    /**
     * Measures it in a JVM of its own, whose other memory has stopped growing because it has done the same once before.
     *
     * @param folder where the index is saved for the time
     */
    static MemoryRow measure(Stand stand, Path folder) throws IOException {
        DataSet data = stand.data();
        Path file = Files.createTempFile(folder, "memory", ".vicino");
        try (Child jvm = Twin.start(true)) {
            stand.pruned().index().save(file);
            openAndSearch(jvm, file, data);
            jvm.request("close", data.name());
            long before = jvm.memory().anonymousBytes();
            long codes = openAndSearch(jvm, file, data);
            long grown = jvm.memory().anonymousBytes() - before;
            Double ratio = codes == 0 ? null : (double) grown / codes;
            return new MemoryRow(data.name(), data.vectors(), data.dimension(), grown, codes, ratio);
        } finally {
            Files.delete(file);
        }
    }

    /** Gives the bytes of the codes. */
    private static long openAndSearch(Child jvm, Path file, DataSet data) throws IOException {
        long codes = Long.parseLong(
                jvm.request("open", data.name(), file, data.queries()).getFirst());
        jvm.request("time", data.name(), Math.min(QUERIES, data.queryCount()), 1, K, 1, 1);
        return codes;
    }
}
