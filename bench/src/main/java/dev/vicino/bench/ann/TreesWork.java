package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * k-d trees and ball trees beside those of scipy and scikit-learn, on one thread: L2, all exact. Theirs take all queries in one call, whose
 * compiled loop asks one after the other; ours are asked so, and by one query a call.
 */
record TreesWork(Setting setting) {
    private static final List<String> SPECS = List.of("KDTree", "BallTree");
    private static final int[] DIMENSIONS = {2, 3, 8, 16};
    private static final int ROWS = 1_000_000;

    /** So many that a pass takes long enough, by dimension: a query takes microseconds first, and milliseconds in the end. */
    private static final Map<Integer, Integer> QUERIES = Map.of(2, 10_000, 3, 10_000, 8, 1000, 16, 100);

    private static final long BASE_SEED = 1;
    private static final long QUERY_SEED = 2;
    private static final double ASKED = 1.5;
    private static final String BATCH = ", batch";

    /** Exact trees know none: they are asked once. */
    private static final List<Integer> NO_EFFORT = List.of(1);

    void run() throws IOException {
        for (int d : DIMENSIONS) {
            for (TreeData data : TreeData.values()) {
                run(data, d);
            }
        }
    }

    private void run(TreeData data, int d) throws IOException {
        int n = Math.min(ROWS, setting.scale().rows());
        int count = Math.min(QUERIES.getOrDefault(d, 1), setting.scale().queries());
        Path base = data.file(setting.folder(), n, d, BASE_SEED);
        Path asked = data.file(setting.folder(), count, d, QUERY_SEED);
        String at = text("%s, %,d × %d, %,d queries", data, n, d, count);
        setting.remark().accept("  " + at);
        List<VectorIndex> own = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        try (Vectors queries = VectorFiles.load(asked, Progress.NONE)) {
            for (String spec : SPECS) {
                own.add(Vicino.index(VectorFiles.load(base, Progress.NONE))
                        .metric(Metric.L2)
                        .spec(spec)
                        .threads(setting.cores())
                        .build());
            }
            Truth truth = Truth.of(own.getFirst(), queries, UnitData.K, SearchOptions.DEFAULT.withExact(true));
            for (int i = 0; i < SPECS.size(); i++) {
                entries.add(new Entry(ours(SPECS.get(i), own.get(i), queries, false), truth));
                entries.add(new Entry(ours(SPECS.get(i) + BATCH, own.get(i), queries, true), truth));
            }
            for (TreePeer peer : TreePeer.of(setting.peers())) {
                setting.attempt(peer.label, () -> entries.add(new Entry(theirs(peer, base, asked, count), truth)));
            }
            tell(at, new SweepRace(setting.withEfforts(NO_EFFORT)).run(entries));
        } finally {
            for (Entry entry : entries) {
                setting.attempt(entry.searcher().name(), entry.searcher()::close);
            }
            own.forEach(VectorIndex::close);
        }
    }

    private static TimedIndex ours(String name, VectorIndex index, Vectors queries, boolean inBatch) {
        return new LocalIndex(name, index, queries, UnitData.K, SearchOptions.DEFAULT, inBatch);
    }

    private TimedIndex theirs(TreePeer peer, Path base, Path asked, int count) throws IOException {
        Child child = setting.starter().startTrees();
        try {
            child.request("build", base, peer.kind);
            child.request("queries", asked, UnitData.K);
            return new RemoteIndex(peer.label, child, setting.affinity(), count, false);
        } catch (Throwable e) {
            child.close();
            throw e;
        }
    }

    private void tell(String at, List<Sweep> sweeps) {
        for (Sweep ours : sweeps) {
            if (TreePeer.isOne(ours.name())) {
                continue;
            }
            double[] own = qps(ours);
            setting.add(FigureRow.alone(AnnWork.TREES, at, "queries/s", ours.name(), Median.of(own), null));
            for (Sweep theirs : sweeps) {
                if (TreePeer.isRival(theirs.name(), ours.name())) {
                    setting.add(beside(at, ours.name(), own, theirs.name(), qps(theirs)));
                }
            }
        }
    }

    private static double[] qps(Sweep sweep) {
        double[] qps = new double[sweep.qps().length];
        for (int round = 0; round < qps.length; round++) {
            qps[round] = sweep.qps()[round][0];
        }
        return qps;
    }

    private static FigureRow beside(String at, String ours, double[] own, String theirs, double[] other) {
        return new FigureRow(
                AnnWork.TREES.toString(),
                at,
                "queries/s",
                ours,
                Median.of(own),
                theirs,
                Median.of(other),
                Ratio.of(own, other),
                Asked.atLeast(ASKED));
    }
}
