package dev.vicino.graph;

import dev.vicino.rows.IntStack;
import dev.vicino.rows.Points;
import dev.vicino.rows.Retirement;

/**
 * Nodes on their way out of a graph. Those of removed points are taken out at once, those that updates left when no search needs them any
 * more. Then links may still lead to them, which take places in a beam, until they are looked for in all lists and forgotten.
 */
/* Concurrency.
 *
 * Any number of threads may leave slots, and ask how wide a beam has to be. All else is for the one who holds the lock of changes alone,
 * which guards removed and forgetting.
 */
final class Removals {
    /** Links to removed nodes are looked for once these are so many, and this share of all. */
    private static final int MIN_FORGOTTEN = 64;

    private static final int FORGOTTEN_SHARE = 64;

    private final Parts parts;
    private final Graph graph;
    private final Points points;
    private final Space space;

    /** Slots that updates have left: a search that began before may need them to find those that their ids have now. */
    private final Retirement<Integer> left;

    /** Taken out, and links may still lead to them. */
    private IntStack removed = new IntStack();

    /** Taken out, and lists are being looked through for links to them. */
    private int forgetting;

    /** Both of these, for searches to read. */
    private volatile int removedCount;

    Removals(Parts parts) {
        this.parts = parts;
        this.graph = parts.graph();
        this.points = parts.points();
        this.left = new Retirement<>(parts.epochs());
        this.space = parts.space();
    }

    /** Leaves a slot whose id has got another one, to be taken out by the next who is alone. */
    void leave(int slot) {
        left.add(slot);
    }

    /** Whether all is taken out that updates have left. */
    boolean isSettled() {
        return left.isEmpty();
    }

    /** Takes out what updates have left and no search needs any more. */
    void takeOutLeft() {
        left.release(this::takeOut);
    }

    /** Takes out a node that is not alive any more. */
    void takeOut(int slot) {
        space.takeOut(slot);
        remover().remove(slot);
        removed.push(slot);
        count();
    }

    private Remover remover() {
        Linker linker = parts.linker(space.coded().learnt().sphere());
        return new Remover(graph, linker, space.present(), parts.rows()::isUsable);
    }

    private void count() {
        removedCount = removed.size() + forgetting;
    }

    /** Whether it is time to forget what was taken out. */
    boolean areMany() {
        return removed.size() > Math.max(MIN_FORGOTTEN, points.size() / FORGOTTEN_SHARE);
    }

    /** Begins to forget all that was taken out: gives its slots, which {@link #endForgetting} is to be told. */
    IntStack beginForgetting() {
        IntStack forgotten = removed;
        forgetting += forgotten.size();
        removed = new IntStack();
        return forgotten;
    }

    /** Takes links to what was taken out away from the lists of some nodes. */
    void forget(int from, int to) {
        remover().forget(from, to);
    }

    /** Gives slots back that no list leads to any more. */
    void endForgetting(IntStack forgotten) {
        forgetting -= forgotten.size();
        space.retire(forgotten);
        count();
    }

    /** Removed nodes to which links still lead take places in a beam: as many as their share, and all in one that holds nearly all. */
    int width(int ef, int size) {
        int gone = removedCount;
        long places = ef + (long) ef * gone / Math.max(1, points.size());
        if (ef >= points.size() / 4) {
            places = (long) ef + gone + left.size();
        }
        return Math.clamp(places, 1, Math.max(1, size));
    }
}
