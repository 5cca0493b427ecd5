package dev.vicino.tree;

import dev.vicino.scan.Bitmap;
import java.util.function.LongPredicate;

/**
 * Which rows may be found. Safe for use by any number of threads.
 *
 * @param ids theirs
 * @param slots of the rows that were there when this was made
 * @param generation of these slots
 */
public record Allowed(LongPredicate ids, Bitmap slots, int generation) {
    static Allowed of(LongPredicate ids, Tree tree) {
        Bitmap slots = new Bitmap(tree.ids().size());
        for (int slot = 0; slot < slots.size(); slot++) {
            if (ids.test(tree.ids().of(slot))) {
                slots.set(slot);
            }
        }
        return new Allowed(ids, slots, tree.generation());
    }

    /** Whether the row of a slot may be found: a look at the bitmap, or at the id of one that was added since. */
    boolean test(Tree tree, int slot) {
        boolean known = generation == tree.generation() && slot < slots.size();
        return known ? slots.get(slot) : ids.test(tree.ids().of(slot));
    }
}
