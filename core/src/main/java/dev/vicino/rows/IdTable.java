package dev.vicino.rows;

import dev.vicino.scan.Ids;
import java.util.Arrays;

/**
 * The caller's id of each slot, and the slot of each id once that is needed. Readers of {@link #of} may be many; all else is guarded by
 * this object's own lock.
 */
public final class IdTable implements Ids {
    /** No slot. */
    public static final int NONE = -1;

    private static final int SHIFT = 12;
    private static final int MASK = (1 << SHIFT) - 1;
    private static final int FREE = -1;
    /** Where a key was taken away; a search for another goes on behind it. */
    private static final int REMOVED = -2;

    private final Ids first;
    private final int firstSize;
    /** A page is empty where all its ids are those that were there to begin with. */
    private volatile long[][] pages = new long[0][];

    /** Open addressing, empty until it is needed. */
    private long[] keys = new long[0];

    private int[] values = new int[0];
    /** Places that are not free. */
    private int used;

    private int count;
    private boolean built;

    /** Of slots that were there to begin with. */
    public IdTable(Ids first, int firstSize) {
        this.first = first;
        this.firstSize = firstSize;
        this.count = firstSize;
    }

    @Override
    public long of(int slot) {
        long[][] pages = this.pages;
        int page = slot >>> SHIFT;
        return page >= pages.length || pages[page].length == 0 ? first.of(slot) : pages[page][slot & MASK];
    }

    /** Ids that have a slot. */
    public synchronized int count() {
        return count;
    }

    /** The slot of an id; {@link #NONE} where it has none. */
    public synchronized int slot(long id) {
        build();
        int place = place(id);
        return place < 0 ? NONE : values[place];
    }

    /** Says whose a slot is to be, before its id has it. */
    public synchronized void reserve(int slot, long id) {
        write(slot, id);
    }

    /** Gives an id a slot, in the place of the one it had; tells that one, or {@link #NONE}. */
    public synchronized int put(long id, int slot) {
        build();
        write(slot, id);
        int place = place(id);
        if (place >= 0) {
            int old = values[place];
            values[place] = slot;
            return old;
        }
        insert(id, slot);
        count++;
        return NONE;
    }

    /** Takes an id away; tells its slot, or {@link #NONE}. */
    public synchronized int remove(long id) {
        build();
        int place = place(id);
        if (place < 0) {
            return NONE;
        }
        int slot = values[place];
        values[place] = REMOVED;
        count--;
        return slot;
    }

    private void write(int slot, long id) {
        int page = slot >>> SHIFT;
        if (page >= pages.length || pages[page].length == 0) {
            long[][] more = Arrays.copyOf(pages, Math.max(pages.length, page + 1));
            Arrays.fill(more, pages.length, more.length, new long[0]);
            long[] ids = new long[MASK + 1];
            for (int i = 0; i <= MASK && (page << SHIFT) + i < firstSize; i++) {
                ids[i] = first.of((page << SHIFT) + i);
            }
            ids[slot & MASK] = id;
            more[page] = ids;
            pages = more;
        } else {
            pages[page][slot & MASK] = id;
        }
    }

    private void build() {
        if (built) {
            return;
        }
        resize(Math.max(16, 2 * firstSize));
        for (int slot = 0; slot < firstSize; slot++) {
            insert(first.of(slot), slot);
        }
        built = true;
    }

    private int place(long id) {
        int mask = keys.length - 1;
        for (int i = hash(id) & mask; values[i] != FREE; i = (i + 1) & mask) {
            if (keys[i] == id && values[i] != REMOVED) {
                return i;
            }
        }
        return -1;
    }

    private void insert(long id, int slot) {
        if (2 * (used + 1) > keys.length) {
            resize(Math.max(16, 4 * (count + 1)));
        }
        int mask = keys.length - 1;
        int i = hash(id) & mask;
        while (values[i] != FREE) {
            i = (i + 1) & mask;
        }
        keys[i] = id;
        values[i] = slot;
        used++;
    }

    private void resize(int atLeast) {
        long[] oldKeys = keys;
        int[] oldValues = values;
        int size = Integer.highestOneBit(Math.max(16, Math.min(atLeast, 1 << 30) - 1)) * 2;
        keys = new long[size];
        values = new int[size];
        Arrays.fill(values, FREE);
        used = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] >= 0) {
                insert(oldKeys[i], oldValues[i]);
            }
        }
    }

    private static int hash(long id) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed ^ mixed >>> 32);
    }

    public synchronized long bytes() {
        long bytes = keys.length * 12L;
        for (long[] page : pages) {
            bytes += page.length * 8L;
        }
        return bytes;
    }
}
