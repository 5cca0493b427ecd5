package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.LiveIndex;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.stream.IntStream;

/** One thread searches, one query a call, while another inserts as fast as it can; and the same without the other. */
record LiveWork(Setting setting) {
    private static final double INSERTS_ASKED = 1500;
    private static final double SLOWDOWN_ASKED = 2;
    private static final double RECALL = 0.95;
    private static final String INSERTING = "1 thread inserting";

    void run() throws IOException {
        int kept = Math.min(setting.scale().liveRows(), setting.data().vectors() / 2);
        UnitData slice = setting.slice(setting.data().vectors() - kept);
        try (Vectors queries = slice.loadQueries();
                Vectors all = VectorFiles.load(setting.data().base(), Progress.NONE);
                VectorIndex index = slice.index(setting.specs().getFirst(), setting.cores())) {
            if (!(index instanceof LiveIndex live)) {
                throw new IOException(index.spec() + " cannot be changed");
            }
            int effort = effort(live, queries, slice.truth(queries, setting.cores()));
            float[][] asked = rows(queries, 0, queries.size());
            float[][] later = rows(all, slice.vectors(), all.size());
            String at = text("%,d vectors and more, 1 thread searching with efSearch %d", slice.vectors(), effort);
            takeTurns(new LiveScene(live, asked, effort, later, slice.vectors()), at);
        }
    }

    private static float[][] rows(Vectors from, int first, int end) {
        return IntStream.range(first, end).mapToObj(from::row).toArray(float[][]::new);
    }

    /** The least that gives the recall. */
    private int effort(VectorIndex index, Vectors queries, Truth truth) {
        var searcher = new LocalIndex("", index, queries, UnitData.K);
        return setting.scale().efforts().stream()
                .filter(effort -> truth.recall(searcher.answers(effort)) >= RECALL)
                .findFirst()
                .orElse(setting.scale().efforts().getLast());
    }

    private void takeTurns(LiveScene scene, String at) throws IOException {
        int rounds = setting.scale().rounds();
        double seconds = setting.scale().liveSeconds();
        double[] rest = new double[rounds];
        double[] busy = new double[rounds];
        double[] inserts = new double[rounds];
        scene.rest(seconds); // to be warm
        for (int round = 0; round < rounds; round++) {
            rest[round] = scene.rest(seconds);
            // The vectors kept back are shared out, so that every round has some.
            LiveScene.Busy of = scene.busy(seconds, scene.left() / (rounds - round));
            busy[round] = of.micros();
            inserts[round] = of.insertsASecond();
            setting.remarkRound(round);
        }
        judge(at, rest, busy, inserts);
    }

    private void judge(String at, double[] rest, double[] busy, double[] inserts) {
        Asked enough = Asked.atLeast(INSERTS_ASKED);
        setting.add(FigureRow.alone(AnnWork.LIVE, at, "inserts/s", INSERTING, Median.of(inserts), enough));
        setting.add(new FigureRow(
                AnnWork.LIVE.toString(),
                at,
                "µs, p99",
                INSERTING,
                Median.of(busy),
                "at rest",
                Median.of(rest),
                Ratio.of(busy, rest),
                Asked.atMost(SLOWDOWN_ASKED)));
    }
}
