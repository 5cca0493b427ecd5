package dev.vicino.graph;

import dev.vicino.memory.Lifetime;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Changes of a graph that is searched meanwhile, by any number of threads at once: additions, updates, removals, and upkeep. */
/* Concurrency.
 *
 * Three locks, taken in this order:
 *
 *   turns     a stripe of locks for each id: changes of one id take turns, so that its slot stays what it is till it is changed;
 *   changes   shared by insertions; who works on all of the graph, removals among it, holds it alone, and begins with taking out what
 *             updates have left. It guards changeable and Removals. Who holds it alone writes links, parents, entry and root
 *             without the locks of Graph, one of which at a time insertions hold where they write them;
 *   flips     of Points: what searches find changes in an instant.
 *
 * After the second and before the third, one at a time, come that of Space, to allocate a slot, and those of Graph, to link it. IdTable and
 * Drift have locks of their own, inside which no other is taken.
 */
final class Changes {
    /** Nodes whose lists are cleaned before others may change the graph again. */
    private static final int FORGET_AT_ONCE = 2048;

    /** Writing so many codes anew takes some tens of milliseconds, for which whoever adds the next vector waits. */
    private static final int LEARNT_AT_ONCE = 4096;

    private final Parts parts;
    private final RowStore rows;
    private final Graph graph;
    private final Points points;
    private final Epochs epochs;
    private final Space space;
    private final Insertions insertions;
    private final Removals removals;
    private final Searches searches;
    private final Lifetime lifetime;
    private final @Nullable Path file;
    private final Object[] turns = new Object[256];
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final AtomicBoolean maintained = new AtomicBoolean();
    private final Drift drift;

    /** Whether something has changed, or was about to. */
    private volatile boolean changeable;

    /**
     * Of a graph.
     *
     * @param lifetime of the rows; whoever asks for a change holds it, as upkeep does
     * @param file that the graph was read from; null where it was built
     */
    Changes(
            Parts parts,
            Insertions insertions,
            Removals removals,
            Searches searches,
            Drift drift,
            Lifetime lifetime,
            @Nullable Path file) {
        this.parts = parts;
        this.rows = parts.rows();
        this.graph = parts.graph();
        this.points = parts.points();
        this.epochs = parts.epochs();
        this.space = parts.space();
        this.insertions = insertions;
        this.removals = removals;
        this.searches = searches;
        this.lifetime = lifetime;
        this.file = file;
        this.drift = drift;
        Arrays.setAll(turns, i -> new Object());
    }

    private Object turn(long id) {
        return turns[(int) ((id * 0x9E3779B97F4A7C15L) >>> 56)];
    }

    /** Adds a point; false, and nothing is changed, where the id is there already. */
    boolean add(long id, float[] vector) {
        makeChangeable();
        synchronized (turn(id)) {
            if (points.slot(id) != Graph.NONE) {
                return false;
            }
            insert(id, vector);
        }
        drift.added(vector);
        watch();
        return true;
    }

    /** Gives an id another vector, or adds it. */
    void update(long id, float[] vector) {
        makeChangeable();
        float[] replaced = new float[rows.dimension()];
        int before;
        synchronized (turn(id)) {
            before = points.slot(id);
            if (before != Graph.NONE) {
                rows.get(before, replaced); // now: once its id has another slot this one may get another row
            }
            insert(id, vector);
        }
        if (before != Graph.NONE) {
            alone(() -> {}); // what was left is taken out
            drift.removed(replaced);
        }
        drift.added(vector);
        watch();
    }

    private void insert(long id, float[] vector) {
        changes.readLock().lock();
        try {
            int slot = space.allocate(vector);
            points.ids().reserve(slot, id);
            link(slot, vector);
            points.flip(() -> {
                int before = points.put(id, slot);
                if (before != Graph.NONE) {
                    removals.leave(before);
                }
            });
        } finally {
            changes.readLock().unlock();
        }
    }

    private void link(int slot, float[] vector) {
        long epoch = epochs.enter();
        try {
            insertions.insert(slot, vector);
        } finally {
            epochs.exit(epoch);
        }
    }

    /** Removes a point; tells whether it was there. */
    boolean remove(long id) {
        makeChangeable();
        float[] row = new float[rows.dimension()];
        synchronized (turn(id)) {
            int slot = points.slot(id);
            if (slot == Graph.NONE) {
                return false;
            }
            alone(() -> {
                rows.get(slot, row);
                points.flip(() -> points.remove(id));
                removals.takeOut(slot);
            });
        }
        drift.removed(row);
        return true;
    }

    /** Does something while nobody else changes the graph. */
    private void alone(Runnable work) {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            removals.takeOutLeft();
            work.run();
            if (removals.areMany()) {
                maintain(this::reclaim);
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #alone}, once all is taken out that updates have left; that takes until searches under way have ended. */
    void settledAlone(Runnable work) {
        alone(() -> {
            while (!removals.isSettled()) {
                Thread.onSpinWait();
                removals.takeOutLeft();
            }
            work.run();
        });
    }

    /** Writes something while nobody changes the graph, once all is taken out that updates have left. */
    void save(Writing work) throws IOException {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            settledAlone(() -> {});
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** What writes. */
    interface Writing {
        void run() throws IOException;
    }

    /** Takes the last links to removed nodes away, so that their slots are used again. Others may change the graph meanwhile. */
    void reclaim() {
        makeChangeable();
        IntStack[] forgotten = {new IntStack()};
        alone(() -> forgotten[0] = removals.beginForgetting());
        for (int from = 0; from < graph.size(); from += FORGET_AT_ONCE) {
            if (lifetime.isClosed()) {
                return; // links still lead to these slots, so nobody gets them
            }
            int begin = from;
            alone(() -> removals.forget(begin, Math.min(graph.size(), begin + FORGET_AT_ONCE)));
        }
        alone(() -> removals.endForgetting(forgotten[0]));
    }

    /** Work that nobody waits for, one piece at a time. */
    private void maintain(Runnable work) {
        if (maintained.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("vicino-maintenance").start(() -> {
                try {
                    lifetime.runIfOpen(work);
                } finally {
                    maintained.set(false);
                }
            });
        }
    }

    /**
     * Sees to it that blocks are in memory that may be written, and keeps account of the mean from now on.
     *
     * @throws IllegalStateException where links of a file are damaged that changes rely on; searches go on
     */
    private void makeChangeable() {
        if (!changeable) {
            alone(() -> {
                if (!changeable) {
                    space.load();
                    checkFile();
                    drift.begin(points.alive());
                    changeable = true;
                }
            });
        }
    }

    private void checkFile() {
        if (file == null) {
            return;
        }
        try {
            parts.check().checkTree();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "index file " + file + " is damaged: " + e.getMessage()
                            + ", expected links both ways; searches go on, changes need a whole file",
                    e);
        }
    }

    /** Learns anew what no longer fits the vectors that are there. */
    private void watch() {
        watchReach();
        watchCode();
    }

    private void watchReach() {
        if (!searches.added()) {
            return;
        }
        if (points.size() <= LEARNT_AT_ONCE) {
            searches.learnReach();
        } else {
            maintain(searches::learnReach);
        }
    }

    private void watchCode() {
        Learnt now = space.coded().learnt();
        if (now.code() == null && rows.form() != Form.DOT) {
            return; // nothing was learnt
        }
        int count = points.size();
        boolean unfit = drift.isTooFar(now) || now.isOutgrown(count);
        if (unfit && count <= LEARNT_AT_ONCE) {
            learnAnew();
        } else if (unfit) {
            maintain(this::learnAnew);
        }
    }

    /** Learns the code from the vectors that are there now, and writes all codes anew. Changes wait, searches do not. */
    void learnAnew() {
        makeChangeable();
        settledAlone(() -> space.encodeAnew(Learnt.of(parts.parameters(), rows, rows.sample(points.slots()), 1)));
        searches.learnReach();
    }

    /** The account that is kept of the vectors that are there. */
    Drift drift() {
        return drift;
    }
}
