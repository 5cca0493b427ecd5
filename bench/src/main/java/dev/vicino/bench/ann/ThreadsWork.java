package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.util.List;

/** Two threads beside one: searching, all queries in one call, and building. */
record ThreadsWork(Setting setting) {
    private static final double ASKED = 1.8;
    private static final double RECALL = 0.95;
    private static final double NANOS_A_SECOND = 1e9;
    private static final String ONE = "1 thread";
    private static final String TWO = "2 threads";

    /** @param index over all vectors */
    void run(VectorIndex index) throws IOException {
        if (setting.cores() < 2) {
            setting.leaveOut(AnnWork.THREADS.toString(), new IOException("there is one core"));
            return;
        }
        try (Vectors queries = setting.data().loadQueries()) {
            search(setting, AnnWork.THREADS, index, queries, setting.data().truth(queries, setting.cores()));
        }
        build();
    }

    /** Searches of all queries in one call. */
    static void search(Setting setting, AnnWork work, VectorIndex index, Vectors queries, Truth truth)
            throws IOException {
        List<Sweep> sweeps = setting.race()
                .run(List.of(
                        entry(ONE, index, queries, 1, truth), //
                        entry(TWO, index, queries, 2, truth)));
        double[] one = sweeps.getFirst().qpsAt(RECALL);
        double[] two = sweeps.getLast().qpsAt(RECALL);
        if (one.length == 0 || two.length == 0) {
            setting.leaveOut(index.spec() + " on two threads", new IOException("recall 0.95 is not reached"));
            return;
        }
        String at = "search, recall 0.95, " + queries.size() + " queries a call";
        setting.add(row(work, at, "queries/s", two, one, Ratio.of(two, one)));
    }

    private static Entry entry(String name, VectorIndex index, Vectors queries, int threads, Truth truth) {
        SearchOptions options = SearchOptions.DEFAULT.withThreads(threads);
        return new Entry(new LocalIndex(name, index, queries, UnitData.K, options, true), truth);
    }

    private void build() throws IOException {
        UnitData slice = setting.slice(setting.scale().buildRows());
        int rounds = setting.scale().rounds();
        double[] one = new double[rounds];
        double[] two = new double[rounds];
        try {
            for (int round = 0; round < rounds; round++) {
                one[round] = buildSeconds(slice, 1);
                two[round] = buildSeconds(slice, 2);
                setting.remarkRound(round);
            }
        } finally {
            setting.affinity().useAllCores();
        }
        setting.add(
                row(AnnWork.THREADS, text("build, %,d vectors", slice.vectors()), "s", two, one, Ratio.of(one, two)));
    }

    private double buildSeconds(UnitData slice, int threads) throws IOException {
        setting.affinity().useCores(threads);
        String spec = setting.specs().getFirst();
        long start = System.nanoTime();
        VectorIndex index = slice.index(spec, threads);
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        index.close();
        return seconds;
    }

    private static FigureRow row(AnnWork work, String at, String unit, double[] two, double[] one, Ratio ratio) {
        return new FigureRow(
                work.toString(), at, unit, TWO, Median.of(two), ONE, Median.of(one), ratio, Asked.atLeast(ASKED));
    }
}
