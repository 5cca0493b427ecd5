package dev.vicino.store.view;

import dev.vicino.LiveIndex;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.io.Progress;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of one graph in the folder of the views: {@code vectors-I.G.graph}, an index file, and {@code vectors-I.G.seen}, which says
 * what is in it. G counts up; a pair is complete once its second file is there.
 */
final class GraphFiles {
    private final Path folder;
    private final String prefix;
    private final Consumer<String> damage;
    private long generation;

    /**
     * @param damage hears of files that are of no use
     */
    GraphFiles(Path folder, int name, Consumer<String> damage) {
        this.folder = folder;
        this.prefix = "vectors-" + name + ".";
        this.damage = damage;
    }

    /** A graph and what is in it. */
    record Saved(LiveIndex graph, Seen seen) {}

    /** Opens the newest pair that is whole and of these settings; null where there is none. One that is not is deleted. */
    @Nullable
    Saved open(VectorSettings.Dense settings) throws IOException {
        for (Path file : files()) {
            generation = Math.max(generation, generation(file));
        }
        deleteOthers();
        if (!Files.exists(seen(generation))) {
            return null;
        }
        try {
            Seen seen = Seen.of(ViewFile.read(seen(generation)));
            return new Saved(graph(settings), seen);
        } catch (IOException | IllegalArgumentException e) {
            damage.accept(e.getMessage());
            Files.deleteIfExists(seen(generation));
            Files.deleteIfExists(graph(generation));
            return null;
        }
    }

    /** The graph, all of whose checksums are right: what is read from a file is trusted from then on. */
    private LiveIndex graph(VectorSettings.Dense settings) throws IOException {
        VectorIndex index = Vicino.open(graph(generation));
        try {
            index.verify(Progress.NONE);
            if (index instanceof LiveIndex live
                    && index.dimension() == settings.dimension()
                    && index.metric() == settings.metric()
                    && index.spec().equals(settings.spec())) {
                return live;
            }
            throw new IOException(graph(generation) + ": is of " + index.spec() + ", expected " + settings.spec());
        } catch (Throwable e) {
            index.close();
            throw e;
        }
    }

    /** Writes a graph and what is in it; an older pair is deleted. */
    void save(LiveIndex graph, Seen seen) throws IOException {
        long next = generation + 1;
        graph.save(graph(next));
        ViewFile.write(seen(next), seen.toBytes());
        generation = next;
        deleteOthers();
    }

    /** Deletes all but the newest pair. */
    void deleteOthers() throws IOException {
        for (Path file : files()) {
            if (generation(file) != generation) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, prefix + "*")) {
            found.forEach(files::add);
        }
        return files;
    }

    private long generation(Path file) {
        String rest = file.getFileName().toString().substring(prefix.length());
        try {
            return Long.parseLong(rest.substring(0, Math.max(0, rest.indexOf('.'))));
        } catch (NumberFormatException e) {
            return 0; // not one of ours, or half written
        }
    }

    private Path graph(long of) {
        return folder.resolve(prefix + of + ".graph");
    }

    private Path seen(long of) {
        return folder.resolve(prefix + of + ".seen");
    }
}
