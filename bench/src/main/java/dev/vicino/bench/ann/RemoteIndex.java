package dev.vicino.bench.ann;

import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.ProcessMemory;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An index in a process of its own, which ends with this.
 *
 * @param affinity binds the thread that searches
 * @param queries how many queries were given to it
 */
record RemoteIndex(String name, Child child, Affinity affinity, int queries, boolean warmsUp) implements TimedIndex {
    @Override
    public int threads() {
        return 1;
    }

    @Override
    public double seconds(int effort, int passes) throws IOException {
        return Double.parseDouble(child.request("time", effort, passes).getFirst());
    }

    @Override
    public long[][] answers(int effort) throws IOException {
        return answers(child, effort);
    }

    /** The answers of a process that has an index and queries. */
    static long[][] answers(Child child, int effort) throws IOException {
        Path ids = Files.createTempFile("vicino-bench", ".npy");
        try {
            child.request("answers", effort, ids);
            return IdFiles.table(ids);
        } finally {
            Files.delete(ids);
        }
    }

    /** Memory of the process, now. */
    ProcessMemory memory() throws IOException {
        return child.memory();
    }

    @Override
    public void close() throws IOException {
        affinity.remove(child.thread());
        child.close();
    }
}
