package dev.vicino.bench.ann;

import dev.vicino.Vectors;
import dev.vicino.bench.ann.Stable.Ready;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The race of our indexes and those of peers, each in a process of its own. */
final class PeerRace {
    /** Recalls at which rows of the table are written. */
    private static final List<Double> RECALLS = List.of(0.95, 0.99);

    private static final double FLOAT32_ASKED = 1.1;

    private final Setting setting;
    private final Set<AnnWork> works;
    private final List<BuildRow> builds = new ArrayList<>();
    private final List<CurveRow> curves = new ArrayList<>();

    /** @param works those of a race are looked at */
    PeerRace(Setting setting, Set<AnnWork> works) {
        this.setting = setting;
        this.works = works;
    }

    /** How the indexes were built. */
    List<BuildRow> builds() {
        return builds;
    }

    /** What they gave. */
    List<CurveRow> curves() {
        return curves;
    }

    void run() throws IOException {
        Stable stable = setting.stable(setting.data());
        List<TimedIndex> searchers = new ArrayList<>();
        try (Vectors queries = setting.data().loadQueries()) {
            Truth truth = setting.data().truth(queries, setting.cores());
            List<Entry> entries = new ArrayList<>();
            for (Entrant entrant : entrants()) {
                setting.attempt(entrant.name(), () -> {
                    Ready ready = stable.ready(entrant);
                    searchers.add(ready.index());
                    entries.add(new Entry(ready.index(), truth));
                    builds.add(ready.build());
                });
            }
            judge(setting.race().run(entries).stream().collect(Collectors.toMap(Sweep::name, sweep -> sweep)));
        } finally {
            for (TimedIndex searcher : searchers) {
                searcher.close();
            }
        }
    }

    private Set<Entrant> entrants() {
        Set<Entrant> entrants = new LinkedHashSet<>();
        if (works.contains(AnnWork.SEARCH)) {
            setting.specs().forEach(spec -> entrants.add(Entrant.ours(spec)));
        }
        if (works.contains(AnnWork.FLOAT32)) {
            entrants.add(Entrant.ours(Entrant.FLOAT32_SPEC));
            if (setting.peers().contains(Peer.HNSWLIB)) {
                entrants.add(Peer.HNSWLIB_16);
            }
        }
        if (works.contains(AnnWork.SEARCH)) {
            setting.peers().forEach(peer -> entrants.addAll(peer.entrants()));
        }
        return entrants;
    }

    private void judge(Map<String, Sweep> sweeps) {
        for (Entrant entrant : entrants()) {
            Sweep sweep = sweeps.get(entrant.name());
            if (sweep != null) {
                curves.add(CurveRow.of(sweep, entrant.isOurs()));
                if (entrant.isOurs()) {
                    tellWhatIsNotReached(sweep);
                }
            }
        }
        if (works.contains(AnnWork.SEARCH)) {
            for (String spec : setting.specs()) {
                besideEverybody(Entrant.ours(spec), sweeps);
            }
        }
        if (works.contains(AnnWork.FLOAT32)) {
            beside(
                    AnnWork.FLOAT32,
                    Entrant.ours(Entrant.FLOAT32_SPEC),
                    List.of(Peer.HNSWLIB_16),
                    Asked.atLeast(FLOAT32_ASKED),
                    sweeps);
        }
    }

    private static List<Double> reached(Sweep sweep) {
        return RECALLS.stream().filter(recall -> sweep.qpsAt(recall).length > 0).toList();
    }

    private void tellWhatIsNotReached(Sweep sweep) {
        List<Double> missing = new ArrayList<>(RECALLS);
        missing.removeAll(reached(sweep));
        for (double recall : missing) {
            String name = sweep.name() + " at recall " + CurveRow.label(recall);
            setting.leaveOut(name, new IOException("it is not reached with any effort"));
        }
    }

    private void besideEverybody(Entrant ours, Map<String, Sweep> sweeps) {
        Map<String, List<Entrant>> groups = new LinkedHashMap<>();
        for (Peer peer : setting.peers()) {
            for (Entrant entrant : peer.entrants()) {
                groups.computeIfAbsent(entrant.group(), group -> new ArrayList<>())
                        .add(entrant);
            }
        }
        groups.forEach((group, entrants) -> {
            Double factor = ours.graph().kind().equals(Entrant.DEFAULT_SPEC) ? Peer.asked(group) : null;
            beside(AnnWork.SEARCH, ours, entrants, factor == null ? null : Asked.atLeast(factor), sweeps);
        });
    }

    /** Rows of ours against the best of a group. */
    private void beside(
            AnnWork work, Entrant ours, List<Entrant> group, @Nullable Asked asked, Map<String, Sweep> sweeps) {
        Sweep own = sweeps.get(ours.name());
        if (own == null) {
            return; // written down among those left out
        }
        for (double recall : reached(own)) {
            group.stream()
                    .map(entrant -> sweeps.get(entrant.name()))
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
