package dev.vicino.cli.demo;

import dev.vicino.VectorIndex;
import java.util.List;

/**
 * A corpus that was embedded and indexed. Closing it closes the index.
 *
 * @param entries the texts
 * @param index their vectors; the id of a vector is the place of its text among the entries
 */
record Library(List<Entry> entries, VectorIndex index) implements AutoCloseable {
    Library {
        if (entries.size() != index.size()) {
            throw new IllegalArgumentException(
                    "entries.size = " + entries.size() + ", expected the number of vectors, " + index.size());
        }
    }

    @Override
    public void close() {
        index.close();
    }
}
