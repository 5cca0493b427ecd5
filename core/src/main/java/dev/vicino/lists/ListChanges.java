package dev.vicino.lists;

import dev.vicino.io.Progress;
import dev.vicino.memory.Lifetime;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.Points;
import dev.vicino.rows.Retirement;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Changes of lists that are searched meanwhile, by any number of threads at once: additions, updates, removals, and upkeep. */
/* Concurrency.
 *
 * Locks, taken in this order:
 *
 *   turns     a stripe of locks for each id: changes of one id take turns;
 *   changes   shared by all changes; who works on all lists, as learning and saving do, holds it alone;
 *   upkeep    one thread at a time takes out what no search needs any more. Who comes while another does need not wait;
 *   monitors  of a list, to write to it; of Space, to allocate a slot; the flips of Points.
 *
 * A removed row stays in its list until every search has ended that may look for its id's other one (dead), then until its list is written
 * without it, and its slot is used again when no search can hold that any more (dropped).
 */
final class ListChanges {
    /** A list is written anew when this share of it is gone. */
    private static final int GONE_SHARE = 4;

    private static final int MIN_GONE = 16;

    /** Learning from so few takes some tens of milliseconds, for which whoever adds the next vector waits. */
    private static final int LEARNT_AT_ONCE = 4096;

    private final Parts parts;
    private final Points points;
    private final Epochs epochs;
    private final Space space;
    private final Lifetime lifetime;
    private final Object[] turns = new Object[256];
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final ReentrantLock upkeep = new ReentrantLock();
    private final Retirement<Integer> dead;
    private final Retirement<IntStack> dropped;
    private final Drift drift = new Drift();
    private final AtomicBoolean learning = new AtomicBoolean();
    private final Queue<ListInserter> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean changeable;

    /**
     * Of lists.
     *
     * @param lifetime of the rows; whoever asks for a change holds it, as upkeep does
     */
    ListChanges(Parts parts, Lifetime lifetime) {
        this.parts = parts;
        this.points = parts.points();
        this.epochs = parts.epochs();
        this.space = parts.space();
        this.lifetime = lifetime;
        this.dead = new Retirement<>(epochs);
        this.dropped = new Retirement<>(epochs);
        Arrays.setAll(turns, i -> new Object());
    }

    private Object turn(long id) {
        return turns[(int) ((id * 0x9E3779B97F4A7C15L) >>> 56)];
    }

    /** Adds a point; false, and nothing is changed, where the id is there already. */
    boolean add(long id, float[] vector) {
        makeChangeable();
        synchronized (turn(id)) {
            if (points.slot(id) != IdTable.NONE) {
                return false;
            }
            insert(id, vector);
        }
        watch();
        return true;
    }

    /** Gives an id another vector, or adds it. */
    void update(long id, float[] vector) {
        makeChangeable();
        synchronized (turn(id)) {
            insert(id, vector);
        }
        watch();
    }

    private void insert(long id, float[] vector) {
        changing(() -> {
            int slot = space.allocate(vector);
            points.ids().reserve(slot, id);
            write(slot, vector);
            points.flip(() -> {
                int before = points.put(id, slot);
                if (before != IdTable.NONE) {
                    dead.add(before);
                }
            });
        });
    }

    private void write(int slot, float[] vector) {
        ListInserter inserter = inserter(space.lists());
        int list = inserter.insert(slot, vector);
        space.place(slot, list);
        drift.added(inserter.distance());
        idle.add(inserter);
    }

    private ListInserter inserter(Lists now) {
        ListInserter known = idle.poll();
        return known != null && known.lists().equals(now) ? known : new ListInserter(now);
    }

    /** Removes a point; tells whether it was there. */
    boolean remove(long id) {
        makeChangeable();
        synchronized (turn(id)) {
            int slot = points.slot(id);
            if (slot == IdTable.NONE) {
                return false;
            }
            changing(() -> points.flip(() -> {
                points.remove(id);
                dead.add(slot);
            }));
        }
        return true;
    }

    /** Does something while nobody works on all lists. */
    private void changing(Runnable work) {
        Lock lock = changes.readLock();
        lock.lock();
        try {
            work.run();
            if (upkeep.tryLock()) {
                try {
                    keepUp();
                } finally {
                    upkeep.unlock();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what no search needs any more. */
    private void keepUp() {
        dead.release(slot -> {
            space.lose(slot);
            int list = space.list(slot);
            int gone = space.lists().lose(list);
            if (gone >= Math.max(MIN_GONE, space.lists().run(list).count() / GONE_SHARE)) {
                drop(list);
            }
        });
        dropped.release(space::give);
        space.recycle();
    }

    private void drop(int list) {
        dropped.add(space.lists().new Writer().drop(list, space::isGone));
    }

    /** Does something while nobody else changes the lists, once all is taken out that was removed; searches under way are waited for. */
    private void alone(Runnable work) {
        makeChangeable();
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            settle();
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        keepUp();
        while (!dead.isEmpty()) {
            Thread.onSpinWait();
            keepUp();
        }
        Lists lists = space.lists();
        for (int list = 0; list < lists.count(); list++) {
            if (lists.gone(list) > 0) {
                drop(list);
            }
        }
    }

    /** Does something while nobody changes the lists and nothing that was removed is in them. */
    void settled(Runnable work) {
        alone(work);
    }

    /** Writes something while nobody changes the lists and nothing that was removed is in them. */
    void save(Writing work) throws IOException {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            if (changeable) {
                settle();
            }
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What writes. */
    interface Writing {
        void run() throws IOException;
    }

    /** Takes out all that was removed, so that its room is used again. */
    void reclaim() {
        alone(() -> {});
    }

    /** Sees to it that blocks are in memory that may be written. */
    private void makeChangeable() {
        if (changeable) {
            return;
        }
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            if (!changeable) {
                space.load();
                space.placeAll();
                drift.begin(space.lists().learnt());
                changeable = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Learns anew what no longer fits the vectors that are there. */
    private void watch() {
        Learnt now = space.lists().learnt();
        int count = points.size();
        if (!drift.isTooFar(now, count) && !now.isOutgrown(parts.parameters(), count)) {
            return;
        }
        if (count <= LEARNT_AT_ONCE) {
            learnAnew();
        } else if (learning.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("vicino-maintenance").start(() -> {
                try {
                    lifetime.runIfOpen(this::learnAnew);
                } finally {
                    learning.set(false);
                }
            });
        }
    }

    /** Learns the centroids and the code from the vectors that are there now, and writes all lists anew. Changes wait, searches do not. */
    void learnAnew() {
        alone(() -> {
            Learning learning = new Learning(parts.parameters(), parts.rows(), 1, Progress.NONE);
            int[] slots = points.slots();
            space.replace(learning.lists(slots, epochs));
            space.placeAll();
            drift.begin(space.lists().learnt());
        });
    }
}
