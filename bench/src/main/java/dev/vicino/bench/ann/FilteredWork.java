package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.IdSet;
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
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Searches that may find only some ids, picked by chance, beside searches that may find all. */
record FilteredWork(Setting setting) {
    private static final double[] SHARES = {0.5, 0.1, 0.01, 0.001};
    private static final double ASKED = 1 / 3.0;
    private static final double RECALL = 0.95;
    private static final long SEED = 1;
    private static final String ALL = "no filter";

    /** @param index over all vectors, their ids being row numbers */
    void run(VectorIndex index) throws IOException {
        try (Vectors queries = setting.data().loadQueries();
                VectorIndex exact = setting.data().index(UnitData.EXACT_SPEC, setting.cores())) {
            List<Entry> entries = new ArrayList<>();
            entries.add(entry(ALL, index, exact, queries, SearchOptions.DEFAULT));
            for (double share : SHARES) {
                SearchOptions options = SearchOptions.DEFAULT.withFilter(ids(index.size(), share));
                entries.add(entry(name(share), index, exact, queries, options));
            }
            List<Sweep> sweeps = setting.race().run(entries);
            sweeps.stream().skip(1).forEach(filtered -> judge(filtered, sweeps.getFirst()));
        }
    }

    private Entry entry(String name, VectorIndex index, VectorIndex exact, Vectors queries, SearchOptions options) {
        Truth truth = Truth.of(exact, queries, UnitData.K, options.withThreads(setting.cores()));
        return new Entry(new LocalIndex(name, index, queries, UnitData.K, options, false), truth);
    }

    private static IdSet ids(int size, double share) {
        var random = new SplittableRandom(SEED);
        return IdSet.of(LongStream.range(0, size)
                .filter(id -> random.nextDouble() < share)
                .toArray());
    }

    private static String name(double share) {
        return text(
                "filter of %s %%",
                BigDecimal.valueOf(100 * share).stripTrailingZeros().toPlainString());
    }

    private void judge(Sweep filtered, Sweep unfiltered) {
        double[] with = filtered.qpsAt(RECALL);
        double[] without = unfiltered.qpsAt(RECALL);
        if (with.length == 0 || without.length == 0) {
            setting.leaveOut(filtered.name(), new IOException("recall 0.95 is not reached with any effort"));
            return;
        }
        setting.add(new FigureRow(
                AnnWork.FILTERED.toString(),
                "recall 0.95 of what the filter leaves",
                "queries/s",
                filtered.name(),
                Median.of(with),
                unfiltered.name(),
                Median.of(without),
                Ratio.of(with, without),
                Asked.atLeast(ASKED)));
    }
}
