package dev.vicino.bench.ann;

import dev.vicino.VectorIndex;
import dev.vicino.bench.race.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All works, one after the other; one that fails is written down, and the others go on. Runs once, on one thread. */
final class AnnBench implements AutoCloseable {
    private final Setting setting;
    private final Set<AnnWork> works;
    private final List<Integer> sizes;
    private final Path charts;
    private final List<GrowthRow> growth = new ArrayList<>();
    private @Nullable VectorIndex index;

    /**
     * Nothing is done yet.
     *
     * @param sizes of growth, rising; none for none
     * @param charts folder for charts
     */
    AnnBench(Setting setting, Set<AnnWork> works, List<Integer> sizes, Path charts) {
        this.setting = setting;
        this.works = works;
        this.sizes = sizes;
        this.charts = charts;
    }

    AnnReport run() {
        PeerRace race = new PeerRace(setting, works);
        if (works.stream().anyMatch(AnnWork::isRace)) {
            attempt("race", race::run);
        }
        for (AnnWork work : works) {
            if (!work.isRace()) {
                attempt(work.toString(), () -> run(work));
            }
        }
        if (!sizes.isEmpty()) {
            attempt("growth", () -> growth.addAll(new GrowthWork(setting).run(sizes)));
        }
        List<String> files = new ArrayList<>();
        AnnReport report = report(race, files);
        if (!race.curves().isEmpty()) {
            attempt("charts", () -> files.addAll(Charts.write(report, charts)));
        }
        return report;
    }

    private AnnReport report(PeerRace race, List<String> files) {
        return new AnnReport(
                Conditions.here(setting.scale().rounds(), setting.affinity()),
                setting.data().title(),
                setting.data().vectors(),
                setting.data().dimension(),
                setting.data().queryCount(),
                UnitData.K,
                setting.rows(),
                race.curves(),
                race.builds(),
                growth,
                growth.isEmpty() ? null : Exponents.of(growth),
                files,
                setting.leftOut());
    }

    private void attempt(String name, Setting.Step step) {
        setting.remark().accept(name);
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            setting.leaveOut(name, e);
        }
    }

    private void run(AnnWork work) throws IOException {
        switch (work) {
            case BUILD -> new BuildWork(setting).run();
            case BYTES -> new BytesWork(setting).run(index());
            case THREADS -> new ThreadsWork(setting).run(index());
            case LIVE -> new LiveWork(setting).run();
            case FILTERED -> new FilteredWork(setting).run(index());
            case LISTS -> new ListsWork(setting).run();
            case DISK -> new DiskWork(setting).run();
            case KMEANS -> new KMeansWork(setting).run();
            case LOSS -> new LossWork(setting).run();
            case TREES -> new TreesWork(setting).run();
            case SEARCH, FLOAT32 -> throw new IllegalArgumentException("work = " + work);
        }
    }

    /** Ours over all vectors, in this JVM. */
    private VectorIndex index() throws IOException {
        VectorIndex built = index;
        if (built == null) {
            setting.remark().accept("  building on all cores");
            built = setting.data().index(setting.specs().getFirst(), setting.cores());
            index = built;
        }
        return built;
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
