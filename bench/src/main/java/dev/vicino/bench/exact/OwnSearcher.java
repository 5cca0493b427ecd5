package dev.vicino.bench.exact;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * An index of ours in this JVM.
 *
 * @param queries on the heap or off it; not closed with the index
 */
record OwnSearcher(String name, VectorIndex index, Vectors queries) implements Searcher {
    private static final double NANOS_A_SECOND = 1e9;

    /** The same under another name. */
    OwnSearcher named(String name) {
        return new OwnSearcher(name, index, queries);
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public double seconds(Call call, int passes) {
        IntFunction<List<Neighbors>> calls = calls(call);
        int found = 0;
        long start = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
            for (int i = 0; i < call.count(); i++) {
                found += calls.apply(i).size();
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        if (found != passes * call.queries()) {
            throw new IllegalStateException(found + " answers, expected " + passes * call.queries());
        }
        return seconds;
    }

    @Override
    public Answers answers(Call call) {
        IntFunction<List<Neighbors>> calls = calls(call);
        List<Neighbors> answers = new ArrayList<>();
        for (int i = 0; i < call.count(); i++) {
            answers.addAll(calls.apply(i));
        }
        return Answers.of(answers);
    }

    /** The calls by number, made ready so that a call does nothing but search. */
    private IntFunction<List<Neighbors>> calls(Call call) {
        SearchOptions options = SearchOptions.DEFAULT.withThreads(call.threads());
        float[][] rows = new float[call.queries()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = queries.row(i);
        }
        if (call.batch() == 1) {
            return i -> List.of(index.search(rows[i], call.k(), options));
        }
        Vectors[] batches = new Vectors[call.count()];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = onHeap(rows, i * call.batch(), call.batch());
        }
        return i -> index.searchAll(batches[i], call.k(), options);
    }

    private static Vectors onHeap(float[][] rows, int from, int count) {
        int d = rows[from].length;
        float[] values = new float[count * d];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows[from + i], 0, values, i * d, d);
        }
        return Vectors.of(values, d);
    }

    @Override
    public void close() {
        index.close();
    }
}
