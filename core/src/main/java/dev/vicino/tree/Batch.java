package dev.vicino.tree;

/** Rows that a tree is built of. Any number of threads may read. */
interface Batch {
    int size();

    int dimension();

    /** The slot of the row in a place. */
    int slot(int place);

    /** Copies the row in a place. */
    void row(int place, float[] into);

    /** Its stored norm ({@link dev.vicino.scan.Norms}). */
    float norm(int place);
}
