package dev.vicino.store;

import dev.vicino.store.search.Combined;
import dev.vicino.store.search.Embedder;
import dev.vicino.store.search.Matching;
import dev.vicino.store.search.Reader;
import dev.vicino.store.search.Scroll;
import dev.vicino.store.search.Searcher;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.view.Background;
import dev.vicino.store.view.Views;
import dev.vicino.store.write.Writer;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a collection is made of while it is open: its truth, its views, and those who write and read them. */
record Contents(
        Truth truth, Views views, Writer writer, Reader reader, Searcher searcher, Combined combined, Scroll scroll) {
    /** Opens a truth, which this owns from then on. */
    static Contents open(
            String name, Truth truth, @Nullable Path viewFolder, Background background, @Nullable Embedder embedder)
            throws IOException {
        try {
            return of(name, truth, Views.open(truth, viewFolder, background), embedder);
        } catch (Throwable e) {
            truth.close();
            throw e;
        }
    }

    private static Contents of(String name, Truth truth, Views views, @Nullable Embedder embedder) {
        CollectionSettings settings = truth.settings();
        Reader reader = new Reader(settings, truth, views);
        Searcher searcher = new Searcher(settings, truth, views, embedder);
        return new Contents(
                truth,
                views,
                new Writer(name, settings, truth.writer(), views),
                reader,
                searcher,
                new Combined(settings, searcher),
                new Scroll(truth, views, reader, new Matching(settings, truth, views)));
    }

    /** Waits for what was asked for, saves the views and frees all memory. */
    void close() throws IOException {
        writer.close();
        searcher.close();
        try {
            views.close();
        } finally {
            truth.close();
        }
    }
}
