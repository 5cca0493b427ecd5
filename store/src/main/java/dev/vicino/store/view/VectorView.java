package dev.vicino.store.view;

import dev.vicino.SearchOptions;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vectors of one name, to be searched. */
public sealed interface VectorView permits DenseView, SparseView {
    /** A vector as an operation left it. */
    record Moved(long sequence, @Nullable VectorValue vector) {}

    /** Changes made ready outside of the lock of the views. Closed whether they were applied or not. */
    interface Update extends AutoCloseable {
        /** Makes the changes seen; at once, under the lock of the views. */
        void apply();

        @Override
        void close();
    }

    /** What is searched at one moment. */
    interface Moment extends AutoCloseable {
        /**
         * The k nearest.
         *
         * @param options the filter is of ordinals
         */
        Hits search(VectorValue query, int k, SearchOptions options);

        /** Whether no vector is seen in the middle of a change. */
        boolean isWhole();

        @Override
        void close();
    }

    /**
     * How far a view has come.
     *
     * @param vectors held
     * @param indexed of them in the graph
     * @param waiting of them for the graph: scanned meanwhile
     * @param done of the build that is going on
     * @param total of the build that is going on; 0 where none is
     */
    record Progress(long vectors, long indexed, long waiting, long done, long total) {}

    /** What it was told. */
    VectorSettings settings();

    /** Whether there is a graph, or lists. */
    boolean isIndexed();

    /** Makes changes ready, by ordinal. */
    Update prepare(Map<Integer, Moved> changes);

    /** Takes hold of what is there now. */
    Moment moment();

    /**
     * How far it has come.
     *
     * @param vectors how many there are
     */
    Progress progress(long vectors);

    /** Waits until there is room for more that wait for the graph. */
    void awaitRoom(int most) throws InterruptedException;

    /** Writes to its folder what makes the next opening quick, where there is a folder, and frees its memory. */
    void close() throws IOException;
}
