package dev.vicino.bench.exact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An index in a child process.
 *
 * @param index what the child calls it
 */
record ChildSearcher(String name, Child child, String index, boolean warmsUp) implements Searcher {
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
