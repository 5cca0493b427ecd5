package dev.vicino.bench.exact;

import dev.vicino.bench.race.Affinity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Contestants that take turns. Whoever runs on one thread runs on the same core as the others.
 *
 * @param affinity how threads are bound to cores
 */
record CallRace(ExactScale scale, Affinity affinity) {
    /** Single queries in a pass, at least: fewer would be the time of one easy or hard query. */
    private static final int MIN_QUERIES = 16;

    private static final int MAX_PASSES = 10_000;

    /**
     * Who takes part, and with what; all entries of a race ask for the same queries.
     *
     * @param call the most queries that a pass may have
     */
    record Entry(Contestant contestant, Call call) {}

    /** The times of all entries, in their order. */
    List<Times> run(List<Entry> entries) throws IOException {
        try {
            double[] warm = new double[entries.size()];
            double slowest = 0;
            for (int i = 0; i < warm.length; i++) {
                warm[i] = warmUp(entries.get(i));
                slowest = Math.max(slowest, warm[i]);
            }
            return turns(entries, warm, slowest);
        } finally {
            affinity.useAllCores();
        }
    }

    private List<Times> turns(List<Entry> entries, double[] warm, double slowest) throws IOException {
        List<Times> times = new ArrayList<>();
        for (Entry entry : entries) {
            Call call = sized(entry.call, slowest);
            times.add(new Times(entry.contestant, call, new double[scale.rounds()]));
        }
        for (int round = 0; round < scale.rounds(); round++) {
            for (int i = 0; i < warm.length; i++) {
                Times of = times.get(i);
                of.secondsAQuery()[round] = secondsAQuery(of.contestant(), of.call(), passes(of.call(), warm[i]));
            }
        }
        return times;
    }

    /** Runs a contestant until it is warm; gives its best time for a query. */
    private double warmUp(Entry entry) throws IOException {
        Call call = entry.call.batch() == 1
                ? entry.call.withQueries(Math.min(MIN_QUERIES, entry.call.queries()))
                : entry.call;
        double best = Double.MAX_VALUE;
        double spent = 0;
        do {
            double seconds = secondsAQuery(entry.contestant, call, 1);
            best = Math.min(best, seconds);
            spent += seconds * call.queries();
        } while (entry.contestant.warmsUp() && spent < scale.warmUpSeconds());
        return best;
    }

    /** As many single queries as the slowest can do in its time; a batch stays whole. */
    private Call sized(Call call, double slowest) {
        if (call.batch() > 1) {
            return call;
        }
        int least = Math.min(MIN_QUERIES, call.queries());
        return call.withQueries(Math.clamp((long) (scale.seconds() / slowest), least, call.queries()));
    }

    private int passes(Call call, double secondsAQuery) {
        return Math.clamp((long) Math.ceil(scale.seconds() / 2 / (call.queries() * secondsAQuery)), 1, MAX_PASSES);
    }

    private double secondsAQuery(Contestant contestant, Call call, int passes) throws IOException {
        affinity.useCores(call.threads());
        return contestant.seconds(call, passes) / passes / call.queries();
    }
}
