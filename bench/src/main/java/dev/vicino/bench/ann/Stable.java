package dev.vicino.bench.ann;

import dev.vicino.bench.ann.engine.Graph;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Folders;
import dev.vicino.bench.race.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes entrants ready: starts the process of each, and has it build its index or open one that was kept.
 *
 * @param remark hears what takes long
 */
record Stable(Starter starter, IndexCache cache, Affinity affinity, UnitData data, Consumer<String> remark) {
    /** An index ready to search, and how it was built. */
    record Ready(RemoteIndex index, BuildRow build) {}

    /**
     * Makes an entrant ready.
     *
     * @throws IOException when its program is not there, or fails
     */
    Ready ready(Entrant entrant) throws IOException {
        return entrant.isOurs() ? built(entrant) : kept(entrant);
    }

    /** Ours is built in every run: it changes. */
    private Ready built(Entrant entrant) throws IOException {
        Path scratch = Files.createTempDirectory("vicino-bench");
        Child child = start(entrant);
        try {
            remark.accept("  building " + entrant.name());
            Built built = build(child, entrant.graph(), data.base(), scratch);
            return ready(entrant, child, built, false, 0);
        } catch (Throwable e) {
            stop(child);
            throw e;
        } finally {
            Folders.delete(scratch);
        }
    }

    private Ready kept(Entrant entrant) throws IOException {
        Child child = start(entrant);
        try {
            String key = IndexCache.key(data.name(), entrant.graph(), child.version());
            Built built = cache.find(key);
            boolean earlier = built != null;
            if (built == null) {
                remark.accept("  building " + entrant.name() + ", to be kept");
                Child builder = child;
                built = cache.make(key, folder -> {
                    Built made = build(builder, entrant.graph(), data.base(), folder);
                    builder.request("save", folder);
                    return made;
                });
                stop(child); // the next has no memory but that of the index
                child = start(entrant);
            }
            Graph graph = entrant.graph();
            child.request("open", data.base(), graph.kind(), graph.m(), graph.efConstruction(), cache.at(key));
            return ready(entrant, child, built, earlier, Folders.bytes(cache.at(key)));
        } catch (Throwable e) {
            stop(child);
            throw e;
        }
    }

    /** Starts the process of an entrant, its thread bound; {@link #stop} ends it. */
    Child start(Entrant entrant) throws IOException {
        Child child = starter.start(entrant.peer());
        affinity.add(child.thread());
        affinity.useCores(1);
        return child;
    }

    void stop(Child child) throws IOException {
        affinity.remove(child.thread());
        child.close();
    }

    /** Has a process build a graph over some vectors. */
    static Built build(Child child, Graph graph, Path base, Path folder) throws IOException {
        var reply = child.request("build", base, graph.kind(), graph.m(), graph.efConstruction(), folder);
        return new Built(child.version(), Double.parseDouble(reply.getFirst()), Long.parseLong(reply.getLast()));
    }

    private Ready ready(Entrant entrant, Child child, Built built, boolean earlier, long fileBytes) throws IOException {
        child.request("queries", data.queries(), UnitData.K);
        ProcessMemory memory = child.memory();
        BuildRow row = new BuildRow(
                entrant.name(),
                built.version(),
                built.seconds(),
                earlier,
                built.peakBytes(),
                fileBytes,
                memory.anonymousBytes(),
                memory.largePageBytes());
        remark.accept("  " + AnnText.line(row));
        var index =
                new RemoteIndex(entrant.name(), child, affinity, data.queryCount(), entrant.isCompiledWhileItRuns());
        return new Ready(index, row);
    }
}
