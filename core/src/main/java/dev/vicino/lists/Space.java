package dev.vicino.lists;

import dev.vicino.rows.Epochs;
import dev.vicino.rows.IntPages;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.Retirement;
import dev.vicino.rows.RowStore;
import dev.vicino.rows.SlotSet;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What inverted lists take: it gives slots to rows and takes them back, has the lists as they are now, and frees those before them. Safe
 * for use by any number of threads.
 */
/* Concurrency.
 *
 * This object's own lock guards all its fields, and the writing of RowStore: rows are written, and chunks added, while a slot is allocated
 * and at no other time. Searches read lists without it. Which list a slot is in is written by the one who adds its row, and read by the one
 * who takes it out, long after.
 */
final class Space implements AutoCloseable {
    private final RowStore rows;
    private final Epochs epochs;
    private final IntStack free = new IntStack();
    private final IntPages listOf = new IntPages(-1);
    private final SlotSet gone = new SlotSet();
    private final Deque<Lists> owned = new ArrayDeque<>();
    private final Retirement<Lists> old;
    private volatile Lists lists;
    private int nextSlot;
    private boolean mapped;

    /**
     * With lists.
     *
     * @param mapped whether these lie in a file
     */
    Space(RowStore rows, Lists first, boolean mapped, Epochs epochs) {
        this.rows = rows;
        this.epochs = epochs;
        this.old = new Retirement<>(epochs);
        this.lists = first;
        this.mapped = mapped;
        this.nextSlot = rows.firstCapacity();
        if (!mapped) {
            owned.add(first);
        }
    }

    /** The lists as they are now. */
    Lists lists() {
        return lists;
    }

    /** A slot with a row, in no list yet. */
    synchronized int allocate(float[] row) {
        int slot = free.isEmpty() ? nextSlot++ : free.pop();
        if (slot >= rows.capacity()) {
            rows.grow();
        }
        listOf.reserve(rows.capacity());
        rows.put(slot, row);
        return slot;
    }

    /** Says that no search needs a slot any more that its list still has. */
    synchronized void lose(int slot) {
        gone.reserve(rows.capacity());
        gone.set(slot);
    }

    /** Whether no search needs a slot any more. */
    boolean isGone(int slot) {
        return gone.test(slot);
    }

    /** Takes back slots that no list has any more and no search can hold. */
    synchronized void give(IntStack slots) {
        while (!slots.isEmpty()) {
            int slot = slots.pop();
            gone.clear(slot);
            if (rows.isWritable(slot)) {
                free.push(slot);
            }
        }
    }

    /** Says which list the row of a slot is in. */
    void place(int slot, int list) {
        listOf.set(slot, list);
    }

    /** The list that the row of a slot is in. */
    int list(int slot) {
        return listOf.get(slot);
    }

    /** Notes which list every row is in. The caller is alone. */
    synchronized void placeAll() {
        listOf.reserve(rows.capacity());
        Lists now = lists;
        for (int list = 0; list < now.count(); list++) {
            Run run = now.run(list);
            for (int i = 0; i < run.count(); i++) {
                listOf.set(run.slot(i), list);
            }
        }
    }

    /** Copies mapped lists to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    synchronized void load() {
        if (mapped) {
            Lists loaded = lists.loaded(epochs);
            owned.add(loaded);
            lists = loaded;
            mapped = false;
        }
    }

    /** Shows lists that were learnt anew. The caller is alone. */
    synchronized void replace(Lists next) {
        old.add(lists);
        owned.add(next);
        lists = next;
        mapped = false;
    }

    /** Uses memory again that no search reads any more. One thread at a time. */
    synchronized void recycle() {
        lists.recycle();
        old.release(superseded -> {
            owned.remove(superseded);
            superseded.close();
        });
    }

    synchronized long bytes() {
        long bytes = listOf.bytes() + gone.bytes();
        for (Lists some : owned) {
            bytes += some.bytes();
        }
        return bytes;
    }

    @Override
    public synchronized void close() {
        owned.forEach(Lists::close);
        owned.clear();
        rows.close();
    }
}
