package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.Scorer;
import dev.vicino.memory.Slots;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;

/** The blocks, and what was learnt to write the codes that are in them; they change together. */
record Coded(Learnt learnt, Slots blocks) {
    /** The same codes in other blocks. */
    Coded with(Slots others) {
        return new Coded(learnt, others);
    }

    Scorer scorer(RowStore rows) {
        Code code = learnt.code();
        return code == null ? new RowScorer(rows, learnt.sphere()) : code.scorer(blocks);
    }
}
