package dev.vicino;

/** Hears the neighbours of one vector of an index after the other. Called on the thread that asked; it must not close the index. */
@FunctionalInterface
public interface NeighborsSink {
    /**
     * Takes the neighbours of one vector.
     *
     * @param id the vector
     * @param neighbors the others that are near to it
     */
    void accept(long id, Neighbors neighbors);
}
