package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.Scorer;
import dev.vicino.code.Sphere;
import dev.vicino.memory.Slots;
import org.jspecify.annotations.Nullable;

/**
 * The blocks and the code that is in them; they change together.
 *
 * @param code null where rows themselves are compared
 * @param sphere of the dot product
 * @param learntFrom vectors that the code and the sphere were learnt from
 */
record Coded(@Nullable Code code, Sphere sphere, Slots blocks, int learntFrom) {
    Scorer scorer(RowStore rows) {
        return code == null ? new RowScorer(rows, sphere) : code.scorer(blocks);
    }
}
