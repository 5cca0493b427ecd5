package dev.vicino.bench.store;

import dev.vicino.IdSet;
import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.race.Latencies;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Searches of several, each with the least effort that gives a recall of {@value #RECALL}, in turns on one thread. */
final class RecallRace {
    static final double RECALL = 0.95;

    private static final long NOBODY = -1;

    private final Setting setting;
    private final Vectors queries;
    private final float[][] asked;

    /** @param queries that are asked */
    RecallRace(Setting setting, Vectors queries) {
        this.setting = setting;
        this.queries = queries;
        this.asked = IntStream.range(0, queries.size()).mapToObj(queries::row).toArray(float[][]::new);
    }

    /** One who takes part, and what is right for it. */
    record Entry(Contestant contestant, Truth truth) {}

    /**
     * What one of them reached.
     *
     * @param qps queries a second in each round
     */
    record Result(String name, int effort, double recall, double[] qps) {}

    /**
     * The true neighbours among some rows.
     *
     * @param allowed rows that may be found; null for all
     */
    Truth truth(VectorIndex exact, @Nullable IntPredicate allowed) {
        IdSet ids = allowed == null
                ? null
                : IdSet.of(IntStream.range(0, exact.size())
                        .filter(allowed)
                        .asLongStream()
                        .toArray());
        SearchOptions options = SearchOptions.DEFAULT
                .withFilter(ids)
                .withThreads(Runtime.getRuntime().availableProcessors());
        return Truth.of(exact, queries, Setting.K, options);
    }

    /** The index that truths are from; its ids are rows. */
    VectorIndex exact() throws IOException {
        return Vicino.index(setting.material().copy()).metric(Metric.COSINE).build();
    }

    /** Has all of them find their efforts, and then take turns. */
    List<Result> run(List<Entry> entries) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Entry entry : entries) {
            results.add(prepared(entry));
        }
        for (int round = 0; round < setting.scale().rounds(); round++) {
            for (int i = 0; i < results.size(); i++) {
                Result result = results.get(i);
                result.qps[round] = rate(entries.get(i).contestant, result.effort);
            }
        }
        return results;
    }

    private Result prepared(Entry entry) throws IOException {
        double best = 0;
        for (int effort : setting.scale().efforts()) {
            double recall = entry.truth.recall(answers(entry.contestant, effort));
            if (recall >= RECALL) {
                return new Result(
                        entry.contestant.name(),
                        effort,
                        recall,
                        new double[setting.scale().rounds()]);
            }
            best = Math.max(best, recall);
        }
        throw new IOException("%s: recall = %.4f, expected %s or more with some effort"
                .formatted(entry.contestant.name(), best, RECALL));
    }

    private long[][] answers(Contestant contestant, int effort) throws IOException {
        long[][] answers = new long[asked.length][Setting.K];
        for (int i = 0; i < asked.length; i++) {
            long[] found = contestant.answer(asked[i], Setting.K, effort);
            Arrays.fill(answers[i], NOBODY);
            System.arraycopy(found, 0, answers[i], 0, found.length);
        }
        return answers;
    }

    private double rate(Contestant contestant, int effort) throws IOException {
        return Latencies.of(setting.scale().seconds(), () -> false, i -> {
                    if (contestant.answer(asked[i % asked.length], Setting.K, effort).length == 0) {
                        throw new IOException(contestant.name() + " found nothing");
                    }
                })
                .rate();
    }
}
