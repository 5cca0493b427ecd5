package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.VectorIndex;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import dev.vicino.store.Collection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;

/** Filtered searches beside those of Lucene. */
record LuceneWork(Setting setting) {
    private static final double ASKED = 3;

    /** @param collection all of whose vectors are in its graph */
    void run(Collection collection) throws IOException {
        Material material = setting.material();
        RecallRace race = new RecallRace(setting, material.queries());
        setting.remark().accept("  opening Lucene's index, or building it, which takes minutes");
        try (DirectoryReader reader = LuceneContestant.open(material, setting.folder())) {
            List<RecallRace.Entry> entries = new ArrayList<>();
            try (VectorIndex exact = race.exact()) {
                for (int bound : FilteredWork.BOUNDS) {
                    Truth truth = race.truth(exact, row -> material.pick(row) < bound);
                    String name = FilteredWork.name(bound);
                    entries.add(new RecallRace.Entry(
                            new CollectionContestant(name, collection, Material.below(bound)), truth));
                    entries.add(new RecallRace.Entry(
                            new LuceneContestant("Lucene, " + name, new IndexSearcher(reader), bound), truth));
                }
            }
            List<RecallRace.Result> results = race.run(entries);
            for (int i = 0; i < results.size(); i += 2) {
                add(results.get(i), results.get(i + 1));
            }
        }
    }

    private void add(RecallRace.Result ours, RecallRace.Result lucene) {
        setting.add(new FigureRow(
                StoreWork.LUCENE.toString(),
                text("recall %.3f and %.3f", ours.recall(), lucene.recall()),
                "queries/s",
                ours.name(),
                Median.of(ours.qps()),
                lucene.name(),
                Median.of(lucene.qps()),
                Ratio.of(ours.qps(), lucene.qps()),
                Asked.atLeast(ASKED)));
    }
}
