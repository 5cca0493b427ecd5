package dev.vicino.code;

/** Which code, before it has learnt anything. */
public sealed interface CodeKind {
    /** The values themselves; no code at all where rows are at hand. */
    record Float32() implements CodeKind {}

    /** Two bytes a value. */
    record Float16() implements CodeKind {}

    /** A signed byte a value. */
    record Int8() implements CodeKind {}

    /**
     * Product quantisation.
     *
     * @param turn what vectors go through before
     * @param parts that a vector is cut into
     * @param bits of a part's number, 8, or 4 to be compared 32 rows at a time
     * @param residual whether rows are coded as they differ from the centroid of their list
     */
    record Product(TurnKind turn, int parts, int bits, boolean residual) implements CodeKind {}

    /**
     * Another code, of the principal components of vectors.
     *
     * @param dimension how many these are
     * @param kind of the code, another than Float32
     */
    record Projected(int dimension, CodeKind kind) implements CodeKind {}

    /**
     * Bits of rotated values.
     *
     * @param bits a value
     */
    record RaBitQ(int bits) implements CodeKind {}
}
