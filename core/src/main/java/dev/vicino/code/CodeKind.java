package dev.vicino.code;

/** Which code, before it has learnt anything. */
public sealed interface CodeKind {
    /** The values themselves; no code at all where rows are at hand. */
    record Float32() implements CodeKind {}

    /** A signed byte a value. */
    record Int8() implements CodeKind {}

    /**
     * Bits of rotated values.
     *
     * @param bits a value
     */
    record RaBitQ(int bits) implements CodeKind {}
}
