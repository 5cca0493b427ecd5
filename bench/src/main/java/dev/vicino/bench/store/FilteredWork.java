package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.VectorIndex;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.store.Collection;
import dev.vicino.store.filter.Filter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Searches under filters that leave some share of all points, beside searches under none. */
record FilteredWork(Setting setting) {
    /** Of {@link Material#MOST}. */
    static final List<Integer> BOUNDS = List.of(500, 100, 10, 1);

    private static final double ASKED = 1 / 3.0;
    private static final double PERCENT = 100.0 / Material.MOST;

    /** @param collection all of whose vectors are in its graph */
    void run(Collection collection) throws IOException {
        Material material = setting.material();
        RecallRace race = new RecallRace(setting, material.queries());
        List<RecallRace.Entry> entries = new ArrayList<>();
        try (VectorIndex exact = race.exact()) {
            entries.add(new RecallRace.Entry(
                    new CollectionContestant("no filter", collection, Filter.ALL), race.truth(exact, null)));
            for (int bound : BOUNDS) {
                entries.add(new RecallRace.Entry(
                        new CollectionContestant(name(bound), collection, Material.below(bound)),
                        race.truth(exact, row -> material.pick(row) < bound)));
            }
        }
        List<RecallRace.Result> results = race.run(entries);
        RecallRace.Result all = results.getFirst();
        for (RecallRace.Result filtered : results.subList(1, results.size())) {
            setting.add(new FigureRow(
                    StoreWork.FILTERED.toString(),
                    text("recall %.3f with efSearch %d", filtered.recall(), filtered.effort()),
                    "queries/s",
                    filtered.name(),
                    Median.of(filtered.qps()),
                    text("no filter, recall %.3f", all.recall()),
                    Median.of(all.qps()),
                    Ratio.of(filtered.qps(), all.qps()),
                    Asked.atLeast(ASKED)));
        }
    }

    static String name(int bound) {
        return text(
                "filter of %s %%",
                BigDecimal.valueOf(PERCENT * bound).stripTrailingZeros().toPlainString());
    }
}
