package dev.vicino.bench.data;

/** The map of vectors to vectors of length 1 in the same direction. */
public final class UnitLength {
    private UnitLength() {}

    /** Maps a vector in place; one of zeros stays what it is. */
    public static void apply(float[] row) {
        double square = 0;
        for (float value : row) {
            square += (double) value * value;
        }
        double factor = square == 0 ? 1 : 1 / Math.sqrt(square);
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (row[i] * factor);
        }
    }
}
