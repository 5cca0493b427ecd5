package dev.vicino.bench.exact;

import java.util.ArrayList;
import java.util.List;

/** A contestant that says how long it takes, and remembers what it was asked. */
final class Scripted implements Searcher {
    private final String name;
    private final double secondsAQuery;
    private final List<String> log;

    final List<Call> calls = new ArrayList<>();
    final List<Integer> passes = new ArrayList<>();
    boolean warmsUp;
    Answers answers = new Answers(new long[][] {{1}}, new float[][] {{1}});

    Scripted(String name, double secondsAQuery) {
        this(name, secondsAQuery, new ArrayList<>());
    }

    /** @param log hears the name at each turn, in the order of the turns of all that share it */
    Scripted(String name, double secondsAQuery, List<String> log) {
        this.name = name;
        this.secondsAQuery = secondsAQuery;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double seconds(Call call, int ofPasses) {
        calls.add(call);
        passes.add(ofPasses);
        log.add(name);
        return secondsAQuery * call.queries() * ofPasses;
    }

    @Override
    public boolean warmsUp() {
        return warmsUp;
    }

    @Override
    public Answers answers(Call call) {
        return answers;
    }

    @Override
    public void close() {}
}
