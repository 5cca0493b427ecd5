package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt from vectors.
 *
 * @param coarse the centroids
 * @param code null where rows themselves are compared
 * @param codeLoss of the code, as {@link dev.vicino.code.Loss} has it; NaN where it is not known
 * @param loss how far vectors were from their centroids on average, as {@link Coarse.Ranking#distance} has it
 * @param from how many vectors it was learnt from
 */
record Learnt(Coarse coarse, @Nullable BlockCode code, double codeLoss, float loss, int from) {
    /** From fewer than this there is nothing to be learnt that would hold. */
    private static final int FIRST = 32;

    /** What was learnt from so many times fewer vectors than there are is learnt anew. */
    private static final int GROWTH = 4;

    /** Bytes of a block; 0 where there is no code. */
    int blockBytes() {
        return code == null ? 0 : code.blockBytes();
    }

    /** The same with the centroids in memory of their own. */
    Learnt copy() {
        return new Learnt(coarse.copy(), code, codeLoss, loss, from);
    }

    /** Whether it was learnt from few vectors of those that there are now. */
    boolean isOutgrown(ListParameters parameters, int count) {
        return from < parameters.enough() && count >= Math.max(FIRST, (long) GROWTH * from);
    }
}
