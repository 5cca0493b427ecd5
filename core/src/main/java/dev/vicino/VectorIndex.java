package dev.vicino;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Vectors that can be searched. Made by {@link Vicino#index} or {@link Vicino#open}; open for wrappers.
 *
 * <p>Any number of threads may search at once, and the same question has the same answer on any number of threads, alone or in a
 * batch. {@link #close} waits for searches under way; calls afterwards fail with {@link IllegalStateException}.
 */
public interface VectorIndex extends AutoCloseable {
    /** What this index is made of, in its canonical form. */
    IndexSpec spec();

    Metric metric();

    /** Values in a vector, d. */
    int dimension();

    /** Vectors held, n. */
    int size();

    /** The effort of a search that names none; 0 for an index that is exact. */
    default int defaultEffort() {
        return 0;
    }

    /**
     * The same index with another effort for searches that name none, which its spec has from then on: when it is saved, that is what the
     * file says. Both share all that they have, so closing one closes the other.
     *
     * @return this index where it is exact
     * @throws IllegalArgumentException for an effort that its spec does not take
     */
    default VectorIndex withDefaultEffort(int effort) {
        return this;
    }

    /**
     * What the code of this index loses: the mean of ‖x − x′‖² over some of the vectors that it was learnt from, of length 1 under cosine, x′
     * being what the code of x stands for. Empty where there is no code, or there were no vectors.
     */
    default OptionalDouble codeLoss() {
        return OptionalDouble.empty();
    }

    /** Memory taken beside a mapped file, in bytes. */
    long bytesMemory();

    /** Size of the file that this index was opened from, in bytes; 0 when it was built in memory. */
    long bytesDisk();

    /**
     * The k vectors nearest to a query, on the caller's thread.
     *
     * @param query d finite values; read, never kept
     * @param k neighbours wanted, at least 1; all n are returned when k is larger, none when the index is empty
     * @throws IllegalArgumentException when the query has another dimension or a value that is not finite, or k is below 1
     */
    default Neighbors search(float[] query, int k) {
        return search(query, k, SearchOptions.DEFAULT);
    }

    /** As {@link #search(float[], int)}, done as the options say. */
    Neighbors search(float[] query, int k, SearchOptions options);

    /**
     * All vectors within a radius of a query, nearest first.
     *
     * @param radius the lowest similarity or the highest distance, itself included; finite
     */
    Neighbors searchWithin(float[] query, float radius, SearchOptions options);

    /**
     * The k vectors nearest to each of many queries, in the order of the queries.
     *
     * @throws IllegalArgumentException as {@link #search(float[], int)}, naming the row at fault
     */
    List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options);

    /**
     * All vectors within a radius of each of many queries, in the order of the queries.
     *
     * @throws IllegalArgumentException as {@link #searchWithin} and {@link #searchAll}
     */
    List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options);

    /**
     * The k nearest others of every vector of this index: its k-NN graph. Done in batches, so memory is bounded whatever the size.
     *
     * @param sink hears every vector once, in the order in which they were added
     */
    void searchSelf(int k, SearchOptions options, NeighborsSink sink);

    /**
     * All others within a radius of every vector of this index: its near-duplicates. Every pair is heard twice, once from each side.
     *
     * @param sink hears every vector once, in the order in which they were added
     */
    void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink);

    /**
     * Waits until what an opened index reads most has been copied to memory of its own, on large pages where the system offers them.
     * Searches need not wait: meanwhile they read the mapped file.
     */
    default void awaitLoaded() {}

    /**
     * Writes the index to a file, whole or not at all. An older file of that name stays readable to whoever has it open. Searches go on
     * meanwhile; of an index that changes, changes wait until the file is written.
     *
     * @throws IOException when it cannot be written; nothing is left of it then
     */
    void save(Path file, Progress progress) throws IOException;

    /** As {@link #save(Path, Progress)}, silently. */
    default void save(Path file) throws IOException {
        save(file, Progress.NONE);
    }

    /**
     * Reads the whole file that this index was opened from and compares every checksum; does nothing for an index built in memory.
     *
     * @throws CorruptFileException naming the first section that is damaged
     */
    void verify(Progress progress) throws IOException;

    @Override
    void close();
}
