package dev.vicino.bench.ann;

import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.ann.Stable.Ready;
import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Our inverted lists beside those of FAISS with the same codes, each in a process of its own; and two threads beside one. */
final class ListsWork {
    /** Lists that are probed. */
    static final List<Integer> EFFORTS = List.of(2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256);

    private static final List<Match> MATCHES = List.of(
            new Match("IVF1024,PQ192x4fs,Refine(Flat)", "IVF1024,PQ192x4fsr,RFlat", 1),
            new Match("IVF1024,RaBitQ,Refine(Flat)", "IVF1024,RaBitQfs,RFlat", 1.2));

    private final Setting setting;

    /** Ours, theirs, and how many times faster ours must be. */
    private record Match(String ours, String theirs, double asked) {
        List<Entrant> entrants(List<Peer> peers) {
            List<Entrant> entrants = new ArrayList<>(List.of(Entrant.ours(ours)));
            if (peers.contains(Peer.FAISS)) {
                entrants.addAll(Peer.faissLists(theirs));
            }
            return entrants;
        }
    }

    ListsWork(Setting setting) {
        this.setting = setting.withEfforts(EFFORTS);
    }

    void run() throws IOException {
        try (Vectors queries = setting.data().loadQueries()) {
            Truth truth = setting.data().truth(queries, setting.cores());
            for (Match match : MATCHES) {
                race(match, truth);
            }
            threads(queries, truth);
        }
    }

    private void race(Match match, Truth truth) throws IOException {
        Stable stable = setting.stable(setting.data());
        List<TimedIndex> searchers = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        try {
            for (Entrant entrant : match.entrants(setting.peers())) {
                setting.attempt(entrant.name(), () -> {
                    Ready ready = stable.ready(entrant);
                    searchers.add(ready.index());
                    entries.add(new Entry(ready.index(), truth));
                });
            }
            Standing standing = Standing.of(setting, setting.race().run(entries));
            Entrant ours = Entrant.ours(match.ours);
            Sweep sweep = standing.sweep(ours);
            if (sweep != null) {
                standing.tellWhatIsNotReached(sweep);
            }
            standing.beside(AnnWork.LISTS, ours, Peer.faissLists(match.theirs), Asked.atLeast(match.asked));
        } finally {
            for (TimedIndex searcher : searchers) {
                searcher.close();
            }
        }
    }

    private void threads(Vectors queries, Truth truth) throws IOException {
        if (setting.cores() < 2) {
            return; // said of the graph already
        }
        try (VectorIndex index = setting.data().index(MATCHES.getLast().ours, setting.cores())) {
            ThreadsWork.search(setting, AnnWork.LISTS, index, queries, truth);
        }
    }
}
