package dev.vicino.code;

/** Which {@link Turn}, before it has learnt anything. */
public sealed interface TurnKind {
    /** Vectors stay as they are. */
    record None() implements TurnKind {}

    /** A random rotation. */
    record Random() implements TurnKind {}

    /** The rotation that product quantisation loses least with. */
    record Optimised() implements TurnKind {}
}
