package dev.vicino.code;

import dev.vicino.scan.Distances.Form;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What product quantisation has learnt, and how a file has it: the error, the centre, the turn's values and all entries of the codebooks,
 * one behind the other.
 *
 * @param centre what vectors are relative to, d values; no values where they are relative to lists
 * @param error of {@link ProductError}
 */
record ProductParameters(Turn turn, Codebooks codebooks, float[] centre, float error) {
    /** Rows of a sample for each entry of a codebook; more make codes no better. */
    private static final int ROWS_PER_ENTRY = 256;

    private static final int MIN_ROWS = 16_384;
    private static final long SEED = 0xc0de_b00cL;

    static ProductParameters learn(
            CodeKind.Product kind, Form form, int dimension, Sample sample, boolean relative, int threads) {
        int most = Math.max(MIN_ROWS, ROWS_PER_ENTRY << kind.bits());
        try (TrainingRows rows = TrainingRows.of(form, dimension, sample, most, relative)) {
            Turn turn = Turns.learn(kind, rows, threads);
            try (TrainingRows turned = rows.turned(turn)) {
                Codebooks codebooks = Codebooks.learn(turned.rows(), kind.parts(), kind.bits(), threads, SEED);
                PartQuantiser quantiser = new PartQuantiser(codebooks, turn.turned());
                float error = new ProductError(quantiser.writer()).of(turned);
                return new ProductParameters(turn, codebooks, rows.centre(), error);
            }
        }
    }

    /** Reads what {@link #values} wrote; null where it has another length. */
    static @Nullable ProductParameters open(CodeKind.Product kind, int dimension, boolean relative, float[] values) {
        int centreEnd = 1 + (relative ? 0 : dimension);
        long needed = centreEnd + Turns.parameters(kind.turn(), dimension);
        if (values.length < needed) {
            return null;
        }
        int turnEnd = (int) needed;
        Turn turn = Turns.open(kind.turn(), dimension, Arrays.copyOfRange(values, centreEnd, turnEnd));
        Codebooks codebooks = Codebooks.open(
                turn.turned(), kind.parts(), kind.bits(), Arrays.copyOfRange(values, turnEnd, values.length));
        return codebooks == null
                ? null
                : new ProductParameters(turn, codebooks, Arrays.copyOfRange(values, 1, centreEnd), values[0]);
    }

    float[] values() {
        float[] ofTurn = turn.parameters();
        float[] entries = codebooks.parameters();
        float[] values = new float[1 + centre.length + ofTurn.length + entries.length];
        values[0] = error;
        System.arraycopy(centre, 0, values, 1, centre.length);
        System.arraycopy(ofTurn, 0, values, 1 + centre.length, ofTurn.length);
        System.arraycopy(entries, 0, values, 1 + centre.length + ofTurn.length, entries.length);
        return values;
    }
}
