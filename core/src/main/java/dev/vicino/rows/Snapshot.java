package dev.vicino.rows;

import dev.vicino.format.IndexFileWriter;
import java.io.IOException;

/** All points of an index as they were at one moment, to be written to a file. */
public interface Snapshot {
    /** How many there are. */
    int size();

    /** Adds all sections; they must be written before the points change. */
    void addTo(IndexFileWriter writer);

    /** Hears of what is to be written. */
    interface Sink {
        void accept(Snapshot snapshot) throws IOException;
    }
}
