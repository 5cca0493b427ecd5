package dev.vicino.tree;

import org.jspecify.annotations.Nullable;

/**
 * All rows at one moment. Immutable.
 *
 * @param root of the rows that bounds hold for; null where there are none
 * @param aside the others
 * @param ids of all slots, those of removed rows too
 * @param generation of the slots; grows when they are numbered anew
 */
record Tree(@Nullable Node root, Aside aside, SlotIds ids, int generation) {
    int size() {
        return (root == null ? 0 : root.size()) + aside.size();
    }

    Tree withRoot(@Nullable Node other) {
        return new Tree(other, aside, ids, generation);
    }

    Tree withAside(Aside other) {
        return new Tree(root, other, ids, generation);
    }

    Tree withIds(SlotIds other) {
        return new Tree(root, aside, other, generation);
    }
}
