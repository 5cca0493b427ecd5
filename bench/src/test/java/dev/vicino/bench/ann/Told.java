package dev.vicino.bench.ann;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A searcher that says how fast it is, finds the number of the query, and fails when it is told to. */
final class Told implements TimedIndex {
    private final String name;
    private final double secondsAQuery;
    private final List<String> log;

    final List<Integer> passes = new ArrayList<>();
    boolean warmsUp;
    boolean closed;
    int failsAfter = Integer.MAX_VALUE;
    private int calls;

    /** @param log hears of every turn, in the order of the turns of all that share it */
    Told(String name, double secondsAQuery, List<String> log) {
        this.name = name;
        this.secondsAQuery = secondsAQuery;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int queries() {
        return 2;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public boolean warmsUp() {
        return warmsUp;
    }

    @Override
    public double seconds(int effort, int of) throws IOException {
        if (calls++ >= failsAfter) {
            throw new IOException("out of order");
        }
        log.add(name + effort);
        passes.add(of);
        return secondsAQuery * queries() * of * effort;
    }

    @Override
    public long[][] answers(int effort) {
        return new long[][] {{0}, {effort < 20 ? 0 : 1}};
    }

    @Override
    public void close() {
        closed = true;
    }
}
