package dev.vicino.code;

/** Makes turns by their kind. */
final class Turns {
    private static final long SEED = 0x7e_a5_ed_07L;

    private Turns() {}

    /**
     * Learns a turn.
     *
     * @param kind of the code behind it
     * @param rows not turned
     */
    static Turn learn(CodeKind.Product kind, TrainingRows rows, int threads) {
        return switch (kind.turn()) {
            case TurnKind.None() -> Turn.none(rows.dimension());
            case TurnKind.Random() -> new Rotation(rows.dimension(), SEED);
            case TurnKind.Optimised() -> new OptimisedRotation(rows, kind, threads).learn();
        };
    }

    /** How many parameters a turn has. */
    static long parameters(TurnKind kind, int dimension) {
        return switch (kind) {
            case TurnKind.None(), TurnKind.Random() -> 0;
            case TurnKind.Optimised() -> (long) dimension * dimension;
        };
    }

    /** The turn of its parameters. */
    static Turn open(TurnKind kind, int dimension, float[] values) {
        return switch (kind) {
            case TurnKind.None() -> Turn.none(dimension);
            case TurnKind.Random() -> new Rotation(dimension, SEED);
            case TurnKind.Optimised() -> new MatrixTurn(dimension, dimension, values);
        };
    }
}
