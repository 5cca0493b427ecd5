package dev.vicino.bench.ann.engine;

import dev.vicino.Vectors;
import java.io.IOException;
import java.nio.file.Path;

/** An approximate index of unit vectors under the inner product, used by one thread. */
interface Engine extends AutoCloseable {
    /** What it is: name and version. */
    String version();

    /**
     * Builds the index on one thread, ready to search.
     *
     * @param base n unit vectors; they stay open as long as the engine does
     * @param folder empty, for engines that build on disk
     */
    void build(Vectors base, Graph graph, Path folder) throws IOException;

    /** Writes what was built to the folder of {@link #build}. */
    void save(Path folder) throws IOException;

    /** Reads what another process saved, ready to search. */
    void open(Vectors base, Graph graph, Path folder) throws IOException;

    /**
     * Looks for the nearest.
     *
     * @param effort efSearch
     * @param ids takes as many row numbers as it has places
     * @return how many were found
     */
    int search(float[] query, int effort, long[] ids) throws IOException;

    @Override
    void close() throws IOException;
}
