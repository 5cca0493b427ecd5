package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Vectors;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Folders;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds on one thread beside hnswlib, in turns, over a part of the vectors. */
final class BuildWork {
    private static final double ASKED = 1.3;

    /** At which recalls show whether graphs are alike. */
    private static final int EFFORT = 64;

    private final Setting setting;
    private final UnitData slice;
    private final Stable stable;

    BuildWork(Setting setting) throws IOException {
        this.setting = setting;
        this.slice = setting.slice(setting.scale().buildRows());
        this.stable = setting.stable(slice);
    }

    /** A process with the seconds of all rounds. */
    private record Builder(Entrant entrant, Child child, double[] seconds) {}

    void run() throws IOException {
        List<Child> children = new ArrayList<>();
        try {
            List<Builder> builders = new ArrayList<>();
            for (Entrant entrant : entrants()) {
                setting.attempt(entrant.name(), () -> {
                    Child child = stable.start(entrant);
                    children.add(child);
                    builders.add(new Builder(
                            entrant, child, new double[setting.scale().rounds()]));
                });
            }
            for (int round = 0; round < setting.scale().rounds(); round++) {
                int at = round;
                builders.removeIf(builder -> !setting.attempt(builder.entrant.name(), () -> build(builder, at)));
                setting.remarkRound(round);
            }
            judge(builders);
        } finally {
            for (Child child : children) {
                stable.stop(child);
            }
            setting.affinity().useAllCores();
        }
    }

    private Set<Entrant> entrants() {
        Set<Entrant> entrants = new LinkedHashSet<>();
        entrants.add(Entrant.ours(Entrant.FLOAT32_SPEC));
        entrants.add(Entrant.ours(setting.specs().getFirst()));
        if (setting.peers().contains(Peer.HNSWLIB)) {
            entrants.add(Peer.HNSWLIB_16);
        }
        return entrants;
    }

    private void build(Builder builder, int round) throws IOException {
        Path scratch = Files.createTempDirectory("vicino-bench");
        try {
            builder.seconds[round] = Stable.build(builder.child, builder.entrant.graph(), slice.base(), scratch)
                    .seconds();
        } finally {
            Folders.delete(scratch);
        }
    }

    private void judge(List<Builder> builders) throws IOException {
        try (Vectors queries = slice.loadQueries()) {
            Truth truth = slice.truth(queries, setting.cores());
            List<Builder> others =
                    builders.stream().filter(of -> !of.entrant.isOurs()).toList();
            Builder other = others.isEmpty() ? null : others.getFirst();
            String theirs = other == null ? "" : text(", theirs %.3f", recall(other, truth));
            for (Builder builder : builders) {
                if (builder.entrant.isOurs()) {
                    String at = text(
                            "%,d vectors, M %d, efConstruction %d, 1 thread; recall with efSearch %d: %.3f",
                            slice.vectors(), Peer.M, Peer.EF_CONSTRUCTION, EFFORT, recall(builder, truth));
                    setting.add(row(at + theirs, builder, other));
                }
            }
        }
    }

    private static FigureRow row(String at, Builder ours, @Nullable Builder other) {
        String name = ours.entrant.name();
        double seconds = Median.of(ours.seconds);
        if (other == null) {
            return FigureRow.alone(AnnWork.BUILD, at, "s", name, seconds, null);
        }
        return new FigureRow(
                AnnWork.BUILD.toString(),
                at,
                "s",
                name,
                seconds,
                other.entrant.name(),
                Median.of(other.seconds),
                Ratio.of(other.seconds, ours.seconds),
                Asked.atLeast(ASKED));
    }

    private double recall(Builder builder, Truth truth) throws IOException {
        builder.child.request("queries", slice.queries(), UnitData.K);
        return truth.recall(RemoteIndex.answers(builder.child, EFFORT));
    }
}
