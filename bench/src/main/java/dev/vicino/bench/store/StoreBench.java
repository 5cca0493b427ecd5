package dev.vicino.bench.store;

import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Conditions;
import dev.vicino.store.Collection;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All works, one after the other; one that fails is written down, and the others go on. Runs once, on one thread. */
final class StoreBench implements AutoCloseable {
    private static final String INDEXED = "indexed";

    private final Setting setting;
    private final Set<StoreWork> works;
    private @Nullable Scene scene;

    /** Nothing is done yet. */
    StoreBench(Setting setting, Set<StoreWork> works) {
        this.setting = setting;
        this.works = works;
    }

    StoreReport run() {
        works.forEach(work -> setting.attempt(work.toString(), () -> run(work)));
        return new StoreReport(
                Conditions.here(setting.scale().rounds(), Affinity.none()),
                setting.material().set().title(),
                setting.material().size(),
                setting.material().queries().size(),
                Setting.K,
                setting.rows(),
                setting.leftOut());
    }

    private void run(StoreWork work) throws IOException {
        switch (work) {
            case UPSERT -> new UpsertWork(setting).run();
            case LIVE -> new UpsertWork(setting).runLive();
            case SEARCH -> new SearchWork(setting).run(indexed());
            case FILTERED -> new FilteredWork(setting).run(indexed());
            case BUILD -> new BuildWork(setting).run(scene(), indexed());
            case OPEN -> {
                Collection _ = indexed();
                new OpenWork(setting).run(scene(), INDEXED);
            }
            case MEMORY_STORES -> new MemoryStoresWork(setting).run();
            case LUCENE -> new LuceneWork(setting).run(indexed());
        }
    }

    private Scene scene() throws IOException {
        Scene made = scene;
        if (made == null) {
            made = new Scene(setting.folder(), setting.material().set().dimension());
            scene = made;
        }
        return made;
    }

    /** A collection of all points, whose vectors are in its graph; made once. */
    private Collection indexed() throws IOException {
        Scene shared = scene();
        if (!shared.has(INDEXED)) {
            setting.remark().accept("  building the graph");
            shared.fill(
                    INDEXED,
                    setting.material(),
                    setting.material().size(),
                    setting.scale().threshold());
        }
        return shared.collection(INDEXED);
    }

    @Override
    public void close() throws IOException {
        if (scene != null) {
            scene.close();
        }
    }
}
