package dev.vicino.lists;

import dev.vicino.rows.Points;
import java.util.BitSet;

/** Looks at all lists: each point is in one of them, once, in the one that is noted, and nothing else is in any. */
final class ListCheck {
    private final Points points;
    private final Space space;
    private final Lists lists;

    /** Of lists that do not change meanwhile, and have no row that is gone. */
    ListCheck(Parts parts) {
        this.points = parts.points();
        this.space = parts.space();
        this.lists = space.lists();
    }

    /** @throws IllegalStateException saying what is wrong */
    void run() {
        BitSet seen = new BitSet();
        for (int list = 0; list < lists.count(); list++) {
            Run run = lists.run(list);
            if (run.count() > run.capacity()
                    || Run.blocks(run.count()) > run.region().blocks()) {
                throw new IllegalStateException(
                        "list " + list + " has " + run.count() + " rows, expected at most " + run.capacity());
            }
            for (int i = 0; i < run.count(); i++) {
                check(list, run.slot(i), seen);
            }
        }
        if (seen.cardinality() != points.size() || points.ids().count() != points.size()) {
            throw new IllegalStateException("lists have " + seen.cardinality() + " rows and "
                    + points.ids().count() + " ids, expected " + points.size());
        }
    }

    private void check(int list, int slot, BitSet seen) {
        if (!points.alive().test(slot) || seen.get(slot)) {
            throw new IllegalStateException("slot " + slot + " is in list " + list + ", expected each point once");
        }
        seen.set(slot);
        if (space.list(slot) != list) {
            throw new IllegalStateException(
                    "slot " + slot + " is in list " + list + ", expected list " + space.list(slot));
        }
        if (points.slot(points.ids().of(slot)) != slot) {
            throw new IllegalStateException(
                    "slot " + slot + " has id " + points.ids().of(slot) + ", which is in slot "
                            + points.slot(points.ids().of(slot)));
        }
    }
}
