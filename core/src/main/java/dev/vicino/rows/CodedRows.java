package dev.vicino.rows;

import dev.vicino.code.Code;
import dev.vicino.code.Scorer;
import dev.vicino.memory.Slots;

/** Compares queries with rows that are written by a code, those added meanwhile among them. For one thread. */
final class CodedRows {
    private final RowStore rows;
    private final Code code;
    private final float[] query;
    private Slots slots;
    private Scorer scorer;

    CodedRows(RowStore rows, Code code) {
        this.rows = rows;
        this.code = code;
        this.query = new float[rows.dimension()];
        this.slots = rows.slots();
        this.scorer = code.scorer(slots);
    }

    void prepare(float[] vector) {
        System.arraycopy(vector, 0, query, 0, query.length);
        scorer.prepare(query);
    }

    /** Distances of the rows of {@code count} slots; under cosine of rows as if they had length 1. */
    void score(int[] which, int count, float[] out) {
        Slots now = rows.slots();
        if (!now.equals(slots)) { // more chunks
            slots = now;
            scorer = code.scorer(now);
            scorer.prepare(query);
        }
        scorer.score(which, count, out);
    }
}
