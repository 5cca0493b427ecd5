package dev.vicino.rows;

import dev.vicino.scan.Bitmap;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The points that may be found: their ids, and the slot that each of them is in. Safe for use by any number of threads. */
/* Concurrency.
 *
 * The lock of flips guards which slots are alive, and the version. Who changes a point takes it for the instant of the change, alone, and
 * does there all that readers must see at once. Readers take it only where a flip came between (settled). It is the innermost lock but for
 * that of IdTable: nothing is waited for inside.
 */
public final class Points {
    private final RowStore rows;
    private final IdTable ids;
    private final SlotSet alive;
    private final StampedLock flips = new StampedLock();
    private final AtomicLong version = new AtomicLong();

    /** Those of the rows that were there to begin with. */
    public Points(RowStore rows, IdTable ids) {
        this.rows = rows;
        this.ids = ids;
        this.alive = SlotSet.first(rows);
    }

    public IdTable ids() {
        return ids;
    }

    /** The slots of all points. */
    public SlotSet alive() {
        return alive;
    }

    /** How many there are. */
    public int size() {
        return alive.count();
    }

    /** Grows with every flip; what was derived from ids holds as long as it does not. */
    public long version() {
        return version.get();
    }

    /** The slot of an id; {@link IdTable#NONE} where it is not there. */
    public int slot(long id) {
        return ids.slot(id);
    }

    /** Does what readers must see at once. */
    public void flip(Runnable change) {
        long stamp = flips.writeLock();
        try {
            alive.reserve(rows.capacity());
            change.run();
            version.incrementAndGet();
        } finally {
            flips.unlockWrite(stamp);
        }
    }

    /** Gives an id a slot, in a flip; tells the one that it had, or {@link IdTable#NONE}. */
    public int put(long id, int slot) {
        int before = ids.put(id, slot);
        alive.set(slot);
        if (before != IdTable.NONE) {
            alive.clear(before);
        }
        return before;
    }

    /** Takes away an id that is there, in a flip. */
    public void remove(long id) {
        alive.clear(ids.remove(id));
    }

    /** What is found while no slot changes hands; asked again where one did. */
    public <T> T settled(Supplier<T> collect) {
        long stamp = flips.tryOptimisticRead();
        if (stamp != 0) {
            T found = collect.get();
            if (flips.validate(stamp)) {
                return found;
            }
        }
        stamp = flips.readLock();
        try {
            return collect.get();
        } finally {
            flips.unlockRead(stamp);
        }
    }

    /** The slots of all points at one instant, rising. */
    public int[] slots() {
        return settled(() -> {
            int[] slots = new int[rows.capacity()];
            int count = 0;
            for (int slot = 0; slot < slots.length; slot++) {
                if (alive.test(slot)) {
                    slots[count++] = slot;
                }
            }
            return Arrays.copyOf(slots, count);
        });
    }

    /** Tells the id and the vector of every point, in the order of their slots. The sink may change the points. */
    public void forEach(Epochs epochs, LivePoints.Sink sink) {
        for (int slot : slots()) {
            float[] row = new float[rows.dimension()];
            Long id = read(epochs, slot, row);
            if (id != null) {
                sink.accept(id, row);
            }
        }
    }

    /** Copies the row of a slot, and tells whose it is; null where it is nobody's. */
    private @Nullable Long read(Epochs epochs, int slot, float[] row) {
        long epoch = epochs.enter();
        try {
            return settled(() -> {
                rows.get(slot, row);
                return alive.test(slot) ? (Long) ids.of(slot) : null;
            });
        } finally {
            epochs.exit(epoch);
        }
    }

    /** The points of some ids. */
    public Allowed allowed(long[] wanted, LongPredicate isWanted) {
        long now = version();
        Bitmap bitmap = new Bitmap(rows.capacity());
        for (long id : wanted) {
            int slot = ids.slot(id);
            if (slot != IdTable.NONE) {
                bitmap.set(slot);
            }
        }
        return new Allowed(bitmap, now, isWanted);
    }

    /** Memory of ids and slots. */
    public long bytes() {
        return ids.bytes() + alive.bytes();
    }
}
