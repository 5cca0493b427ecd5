package dev.vicino.bench.ann;

import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How entrants stand after a race, which becomes rows of the table. */
record Standing(Setting setting, Map<String, Sweep> sweeps) {
    /** Recalls at which rows of the table are written. */
    private static final List<Double> RECALLS = List.of(0.95, 0.99);

    static Standing of(Setting setting, List<Sweep> sweeps) {
        return new Standing(setting, sweeps.stream().collect(Collectors.toMap(Sweep::name, sweep -> sweep)));
    }

    /** What an entrant gave; null where it was left out. */
    @Nullable
    Sweep sweep(Entrant entrant) {
        return sweeps.get(entrant.name());
    }

    private static List<Double> reached(Sweep sweep) {
        return RECALLS.stream().filter(recall -> sweep.qpsAt(recall).length > 0).toList();
    }

    void tellWhatIsNotReached(Sweep sweep) {
        for (double recall : RECALLS) {
            if (!reached(sweep).contains(recall)) {
                String name = sweep.name() + " at recall " + CurveRow.label(recall);
                setting.leaveOut(name, new IOException("it is not reached with any effort"));
            }
        }
    }

    /** Rows of ours against the best of a group. */
    void beside(AnnWork work, Entrant ours, List<Entrant> group, @Nullable Asked asked) {
        Sweep own = sweep(ours);
        if (own == null) {
            return; // written down among those left out
        }
        for (double recall : reached(own)) {
            group.stream()
                    .map(this::sweep)
                    .filter(sweep -> sweep != null && sweep.qpsAt(recall).length > 0)
                    .max(Comparator.comparingDouble(sweep -> Median.of(sweep.qpsAt(recall))))
                    .ifPresent(best -> setting.add(row(work, ours, own, best, recall, asked)));
        }
    }

    private static FigureRow row(
            AnnWork work, Entrant ours, Sweep own, Sweep other, double recall, @Nullable Asked asked) {
        double[] ownQps = own.qpsAt(recall);
        double[] otherQps = other.qpsAt(recall);
        return new FigureRow(
                work.toString(),
                "recall " + CurveRow.label(recall),
                "queries/s",
                ours.name(),
                Median.of(ownQps),
                other.name(),
                Median.of(otherQps),
                Ratio.of(ownQps, otherQps),
                asked);
    }
}
