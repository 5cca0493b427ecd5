package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Our default graph over ever more vectors. */
record GrowthWork(Setting setting) {
    private static final double RECALL = 0.95;
    private static final double NANOS_A_SECOND = 1e9;

    /** @param sizes rising */
    List<GrowthRow> run(List<Integer> sizes) throws IOException {
        Path file = new GrownData(setting.data(), sizes.getLast()).file(setting.folder(), setting.cores());
        List<GrowthRow> rows = new ArrayList<>();
        try (Vectors queries = setting.data().loadQueries()) {
            for (int size : sizes) {
                GrowthRow row = row(file, size, queries);
                rows.add(row);
                setting.remark().accept("  " + AnnText.line(row));
            }
        }
        return rows;
    }

    private GrowthRow row(Path file, int size, Vectors queries) throws IOException {
        int threads = setting.cores();
        Truth truth;
        try (VectorIndex exact = UnitData.index(GrownData.first(file, size), UnitData.EXACT_SPEC, threads)) {
            truth = Truth.of(exact, queries, UnitData.K, SearchOptions.DEFAULT.withThreads(threads));
        }
        Vectors rows = GrownData.first(file, size);
        long start = System.nanoTime();
        try (VectorIndex index = UnitData.index(rows, setting.specs().getFirst(), threads)) {
            double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
            String name = text("%,d vectors", size);
            Sweep sweep = setting.race()
                    .run(List.of(new Entry(new LocalIndex(name, index, queries, UnitData.K), truth)))
                    .getFirst();
            OptionalDouble qps = sweep.median().qpsAt(RECALL);
            return new GrowthRow(size, seconds, index.bytesMemory(), qps.isPresent() ? qps.getAsDouble() : null);
        }
    }
}
