package dev.vicino.bench.ann;

import dev.vicino.Vectors;
import dev.vicino.bench.ann.Stable.Ready;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The race of our indexes and those of peers, each in a process of its own. */
final class PeerRace {
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
            judge(Standing.of(setting, setting.race().run(entries)));
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

    private void judge(Standing standing) {
        for (Entrant entrant : entrants()) {
            Sweep sweep = standing.sweep(entrant);
            if (sweep != null) {
                curves.add(CurveRow.of(sweep, entrant.isOurs()));
                if (entrant.isOurs()) {
                    standing.tellWhatIsNotReached(sweep);
                }
            }
        }
        if (works.contains(AnnWork.SEARCH)) {
            for (String spec : setting.specs()) {
                besideEverybody(Entrant.ours(spec), standing);
            }
        }
        if (works.contains(AnnWork.FLOAT32)) {
            standing.beside(
                    AnnWork.FLOAT32,
                    Entrant.ours(Entrant.FLOAT32_SPEC),
                    List.of(Peer.HNSWLIB_16),
                    Asked.atLeast(FLOAT32_ASKED));
        }
    }

    private void besideEverybody(Entrant ours, Standing standing) {
        Map<String, List<Entrant>> groups = new LinkedHashMap<>();
        for (Peer peer : setting.peers()) {
            for (Entrant entrant : peer.entrants()) {
                groups.computeIfAbsent(entrant.group(), group -> new ArrayList<>())
                        .add(entrant);
            }
        }
        groups.forEach((group, entrants) -> {
            Double factor = ours.graph().kind().equals(Entrant.DEFAULT_SPEC) ? Peer.asked(group) : null;
            standing.beside(AnnWork.SEARCH, ours, entrants, factor == null ? null : Asked.atLeast(factor));
        });
    }
}
