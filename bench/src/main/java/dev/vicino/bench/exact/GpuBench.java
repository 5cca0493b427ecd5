package dev.vicino.bench.exact;

import dev.vicino.IndexSpec.Device;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Conditions;
import dev.vicino.card.Cards;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Exact search on the card of this machine beside PyTorch on the same card, over two data sets and three batches.
 *
 * @param torch null where it is left out
 * @param peers what it is, or why it is left out
 * @param remark hears what has been done
 */
record GpuBench(
        ExactScale scale, DataFolder folder, @Nullable Child torch, String peers, Consumer<String> remark) {
    private static final String SPEC = "Flat(device=gpu)";
    private static final int[] DIMENSIONS = {384, 1536};
    private static final int[] BATCHES = {1, 100, 10_000};
    private static final int K = 10;

    /** From so many queries on it is multiplying that takes the time, not reading. */
    private static final int MULTIPLIED = 1000;

    ExactReport run() throws IOException {
        String card = Cards.find(Device.GPU.toString()).name(); // or the sentence that there is none
        Affinity affinity = Affinity.none();
        List<TimeRow> rows = new ArrayList<>();
        Judge judge = new Judge(new CallRace(scale, affinity), rows, remark);
        for (int dimension : DIMENSIONS) {
            DataSet data = folder.many(dimension);
            remark.accept(data.title());
            race(data, judge);
        }
        Conditions conditions = Conditions.here(scale.rounds(), affinity);
        return new ExactReport(conditions, peers, rows, List.of(), List.of(), List.of("card: " + card));
    }

    private void race(DataSet data, Judge judge) throws IOException {
        try (Vectors queries = VectorFiles.load(data.queries(), Progress.NONE);
                OwnSearcher ours = new OwnSearcher(SPEC, index(data), queries)) {
            for (int batch : BATCHES) {
                int most = Math.min(batch, data.queryCount());
                Call call = new Call(batch == 1 ? data.queryCount() : most, most, K, cores());
                if (torch == null) {
                    judge.compare("gpu", data, call, ours, List.of(), null);
                } else {
                    race(data, call, ours, torch, judge);
                }
            }
        }
    }

    private static void race(DataSet data, Call call, OwnSearcher ours, Child torch, Judge judge) throws IOException {
        try (Searcher theirs = Torch.search(torch, data);
                CardCeiling ceiling =
                        call.batch() < MULTIPLIED ? Torch.reading(torch, data) : Torch.multiplying(torch, data)) {
            judge.compare("gpu", data, call, ours, List.of(theirs), ceiling);
        }
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static VectorIndex index(DataSet data) throws IOException {
        Vectors base = VectorFiles.load(data.base(), Progress.NONE);
        try {
            return Vicino.index(base).metric(Metric.DOT).spec(SPEC).build();
        } catch (Throwable e) {
            base.close();
            throw e;
        }
    }
}
