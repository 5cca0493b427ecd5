package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import dev.vicino.store.filter.Filter;
import java.io.IOException;
import java.util.List;

/** A collection of ours beside the stores in memory of other libraries, which compare every vector. */
record MemoryStoresWork(Setting setting) {
    private static final double ASKED = 20;

    /** They take their time. */
    private static final int QUERIES = 100;

    void run() throws IOException {
        Material material = setting.material();
        int rows = Math.min(setting.scale().memoryRows(), material.size());
        try (Vectors some = first(material.queries(), QUERIES);
                Scene scene = new Scene(setting.folder(), material.set().dimension())) {
            setting.remark().accept("  building the graph");
            Contestant ours = new CollectionContestant(
                    "collection",
                    scene.fill("some", material, rows, setting.scale().threshold()),
                    Filter.ALL);
            RecallRace race = new RecallRace(setting, some);
            Truth truth = truth(race, rows);
            setting.remark().accept("  filling the stores in memory");
            List<RecallRace.Result> results = race.run(List.of(
                    new RecallRace.Entry(ours, truth),
                    new RecallRace.Entry(LangChainContestant.of(material, rows), truth),
                    new RecallRace.Entry(SpringContestant.of(material, rows), truth)));
            RecallRace.Result own = results.getFirst();
            for (RecallRace.Result other : results.subList(1, results.size())) {
                setting.add(new FigureRow(
                        StoreWork.MEMORY_STORES.toString(),
                        text("%,d points, recall %.3f", rows, own.recall()),
                        "queries/s",
                        own.name(),
                        Median.of(own.qps()),
                        other.name(),
                        Median.of(other.qps()),
                        Ratio.of(own.qps(), other.qps()),
                        Asked.atLeast(ASKED)));
            }
        }
    }

    private static Truth truth(RecallRace race, int rows) throws IOException {
        try (VectorIndex exact = race.exact()) {
            return race.truth(exact, row -> row < rows);
        }
    }

    private static Vectors first(Vectors queries, int most) {
        try (Vectors.Builder builder = Vectors.builder(queries.dimension())) {
            for (int i = 0; i < Math.min(most, queries.size()); i++) {
                builder.add(queries.row(i));
            }
            return builder.build();
        }
    }
}
