package dev.vicino;

/**
 * An index that changes while it is searched: no search waits, and none sees a change half done.
 *
 * <p>Any number of threads may change and search at once. A change is seen by every search that begins after it returned. While the
 * index is saved changes wait, for a file is of one moment: {@link #save} first lets searches under way end that may need vectors since
 * replaced, and then writes for as long as the disk takes.
 */
public interface LiveIndex extends VectorIndex {
    /**
     * Adds a vector.
     *
     * @param vector d finite values; copied
     * @throws IllegalArgumentException when the vector has another dimension or a value that is not finite, or the id is there already
     */
    void add(long id, float[] vector);

    /**
     * Adds many vectors, all of them or none.
     *
     * @param ids one a row, all different and none of them there already
     * @param vectors read, and still the caller's afterwards
     * @param threads how many threads insert; at least 1
     * @throws IllegalArgumentException as {@link #add}, naming the row
     */
    void addAll(long[] ids, Vectors vectors, int threads);

    /**
     * Gives an id another vector, or adds it where it is not there. A search meanwhile finds the old one or the new one, once.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    void update(long id, float[] vector);

    /**
     * Removes a vector.
     *
     * @return whether it was there
     */
    boolean remove(long id);

    /** Whether an id is there. */
    boolean contains(long id);

    /**
     * Does at once what is otherwise done bit by bit after removals: takes the last links to removed vectors away, so that their room is
     * used again.
     */
    void reclaim();
}
