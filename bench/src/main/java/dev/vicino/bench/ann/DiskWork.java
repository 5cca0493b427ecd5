package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.PageCache;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Codes in memory and vectors on the disk: bytes a vector in memory, and queries a second with the file in the page cache and without. */
final class DiskWork {
    private static final String SPEC = "IVF1024,RaBitQ,Refine(Flat)";
    private static final double ASKED_BYTES = 100;
    private static final double ASKED_QPS = 1500;
    private static final double RECALL = 0.95;
    private static final double NANOS_A_SECOND = 1e9;

    /** Queries without the cache: few enough that most of what they read was not read for one before. */
    private static final int COLD_QUERIES = 200;

    private final Setting setting;

    DiskWork(Setting setting) {
        this.setting = setting.withEfforts(ListsWork.EFFORTS);
    }

    void run() throws IOException {
        Path file = Files.createTempFile(setting.folder(), "disk", ".vicino");
        try (Vectors queries = setting.data().loadQueries()) {
            try (VectorIndex index = setting.data().index(SPEC, setting.cores())) {
                index.save(file);
            }
            Truth truth = setting.data().truth(queries, setting.cores());
            int effort = warm(file, queries, truth);
            if (effort > 0) {
                cold(file, queries, effort);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Tells the least effort that reaches the recall; 0 where none does. */
    private int warm(Path file, Vectors queries, Truth truth) throws IOException {
        try (VectorIndex index = open(file)) {
            String name = Entrant.ours(SPEC).name();
            Sweep sweep = setting.race()
                    .run(List.of(new Entry(new LocalIndex(name, index, queries, UnitData.K), truth)))
                    .getFirst();
            setting.add(FigureRow.alone(
                    AnnWork.DISK,
                    text("in memory, %d dimensions", index.dimension()),
                    "bytes a vector",
                    name,
                    (double) index.bytesMemory() / index.size(),
                    Asked.atMost(ASKED_BYTES)));
            double[] qps = sweep.qpsAt(RECALL);
            if (qps.length == 0) {
                setting.leaveOut(name + " on the disk", new IOException("recall 0.95 is not reached with any effort"));
                return 0;
            }
            setting.add(FigureRow.alone(
                    AnnWork.DISK,
                    "recall 0.95, file in the page cache",
                    "queries/s",
                    name,
                    Median.of(qps),
                    Asked.atLeast(ASKED_QPS)));
            int first = 0;
            while (sweep.recalls()[first] < RECALL) {
                first++;
            }
            return sweep.efforts()[first];
        }
    }

    private static VectorIndex open(Path file) throws IOException {
        VectorIndex index = Vicino.open(file);
        index.awaitLoaded();
        return index;
    }

    private void cold(Path file, Vectors queries, int effort) throws IOException {
        int rounds = setting.scale().rounds();
        double[] qps = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            if (!PageCache.drop(file)) {
                setting.leaveOut("the disk", new IOException("the system does not drop a file from its page cache"));
                return;
            }
            try (VectorIndex index = open(file)) {
                qps[round] = cold(index, queries, effort);
            }
            setting.remarkRound(round);
        }
        setting.add(FigureRow.alone(
                AnnWork.DISK,
                "recall 0.95, vectors not in the page cache",
                "queries/s",
                Entrant.ours(SPEC).name(),
                Median.of(qps),
                null));
    }

    private static double cold(VectorIndex index, Vectors queries, int effort) {
        SearchOptions options = SearchOptions.DEFAULT.withEffort(effort);
        int count = Math.min(COLD_QUERIES, queries.size());
        Neighbors[] found = new Neighbors[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            found[i] = index.search(queries.row(i), UnitData.K, options);
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        if (Arrays.stream(found).anyMatch(neighbors -> neighbors.size() == 0)) {
            throw new IllegalStateException("found = 0, expected neighbours");
        }
        return count / seconds;
    }
}
