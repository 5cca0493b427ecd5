package dev.vicino.store.view;

import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.GraphFiles.Saved;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The graphs that files hold, opened and checked by a thread of their own while another reads the truth. */
final class SavedGraphs implements AutoCloseable {
    private final Map<Integer, GraphFiles> files = new HashMap<>();
    private final Map<Integer, FutureTask<@Nullable Saved>> opening = new HashMap<>();

    /**
     * Begins to open the graphs of all dense vectors.
     *
     * @param folder where the files are; null where there are none
     * @param damage hears of files that are of no use
     */
    SavedGraphs(@Nullable Path folder, CollectionSettings settings, Consumer<String> damage) {
        List<String> names = settings.names();
        for (int name = 0; folder != null && name < names.size(); name++) {
            if (settings.vectors().get(names.get(name)) instanceof VectorSettings.Dense dense) {
                GraphFiles its = new GraphFiles(folder, name, damage);
                files.put(name, its);
                opening.put(name, new FutureTask<>(() -> its.open(dense)));
            }
        }
        List<FutureTask<@Nullable Saved>> tasks = List.copyOf(opening.values());
        Thread.ofPlatform().daemon().name("vicino-open").start(() -> tasks.forEach(FutureTask::run));
    }

    /** The files of a name; null where it has none. */
    @Nullable
    GraphFiles files(int name) {
        return files.get(name);
    }

    /** The graph of a name, which belongs to the caller; null where there is none that is of use. */
    @Nullable
    Saved take(int name) throws IOException {
        FutureTask<@Nullable Saved> task = opening.remove(name);
        return task == null ? null : await(task);
    }

    private static @Nullable Saved await(FutureTask<@Nullable Saved> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a graph was opened");
        } catch (ExecutionException e) {
            throw new IOException("graph cannot be opened: " + e.getCause(), e);
        }
    }

    /** Closes the graphs that nobody took. */
    @Override
    public void close() throws IOException {
        for (Integer name : List.copyOf(opening.keySet())) {
            Saved saved = take(name);
            if (saved != null) {
                saved.graph().close();
            }
        }
    }
}
