package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An index in a child process that knows these commands:
 *
 * <pre>
 * load     NAME KIND BASE QUERIES                        builds an index of a kind from two npy files
 * open     NAME FILE QUERIES                             opens an index file, and waits until it is loaded → bytes of its codes
 * time     NAME QUERIES BATCH K THREADS PASSES           → seconds of all passes
 * answers  NAME QUERIES BATCH K THREADS IDS SCORES       writes the answers to two npy files
 * close    NAME                                          frees the index
 * </pre>
 *
 * @param index what the child calls it
 */
record ChildSearcher(String name, Child child, String index, boolean warmsUp) implements Searcher {
    /** Has a child build an index of a kind from the files of a data set. */
    static ChildSearcher load(Child child, String name, String kind, DataSet data, boolean warmsUp) throws IOException {
        String index = kind + "@" + data.name();
        child.request("load", index, kind, data.base(), data.queries());
        return new ChildSearcher(name, child, index, warmsUp);
    }

    @Override
    public double seconds(Call call, int passes) throws IOException {
        return Double.parseDouble(
                child.request("time", index, call.queries(), call.batch(), call.k(), call.threads(), passes)
                        .getFirst());
    }

    @Override
    public Answers answers(Call call) throws IOException {
        Path ids = Files.createTempFile("vicino-bench", ".npy");
        Path scores = Files.createTempFile("vicino-bench", ".npy");
        try {
            child.request("answers", index, call.queries(), call.batch(), call.k(), call.threads(), ids, scores);
            return Answers.read(ids, scores);
        } finally {
            Files.delete(ids);
            Files.delete(scores);
        }
    }

    @Override
    public void close() throws IOException {
        child.request("close", index);
    }
}
