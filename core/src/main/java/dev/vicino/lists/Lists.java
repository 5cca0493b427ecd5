package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.Retirement;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * All lists that were made by one learning. Any number of threads may read them and add rows, as long as no search that began before a
 * run was replaced is robbed of it, which is what {@link Epochs} see to.
 */
final class Lists implements AutoCloseable {
    private final Learnt learnt;
    private final InvertedList[] lists;
    private final BlockMemory memory;
    private final Retirement<Region> old;

    /** Of runs that are there, one a centroid. */
    Lists(Learnt learnt, Run[] runs, BlockMemory memory, Epochs epochs) {
        this.learnt = learnt;
        this.lists = Arrays.stream(runs).map(InvertedList::new).toArray(InvertedList[]::new);
        this.memory = memory;
        this.old = new Retirement<>(epochs);
    }

    /** Of no rows. */
    static Lists empty(Learnt learnt, Epochs epochs) {
        Region nothing = new Region(MemorySegment.NULL, 0, 0, learnt.blockBytes());
        Run[] runs = new Run[learnt.coarse().count()];
        Arrays.setAll(runs, i -> new Run(nothing, new int[0], 0));
        return new Lists(learnt, runs, new BlockMemory(learnt.blockBytes()), epochs);
    }

    Learnt learnt() {
        return learnt;
    }

    int count() {
        return lists.length;
    }

    Run run(int list) {
        return lists[list].run();
    }

    /** Writes rows, on one thread. */
    final class Writer {
        private final BlockCode.@Nullable Packer packer;
        private final float[] origin = new float[learnt.coarse().dimension()];

        Writer() {
            BlockCode code = learnt.code();
            packer = code == null ? null : code.packer();
        }

        /** Says which list the rows that follow are of. */
        void begin(int list) {
            if (packer != null) {
                learnt.coarse().get(list, origin);
                packer.origin(origin);
            }
        }

        /** Adds a row to the list that was begun. */
        void add(int list, int slot, float[] vector) {
            synchronized (lists[list]) {
                Run run = roomy(lists[list]);
                int place = run.count();
                if (packer != null) {
                    packer.put(vector, run.region().base(), run.block(place), Run.lane(place));
                }
                run.add(slot);
            }
        }

        private Run roomy(InvertedList list) {
            Run run = list.run();
            if (run.count() < run.capacity()) {
                return run;
            }
            int blocks = run.region().blocks();
            Run larger = run.copy(memory.allocate(blocks + 1 + blocks / 4));
            replace(list, larger);
            return larger;
        }

        /** Writes the rows of a list that are not gone into another run; tells those that are. */
        IntStack drop(int list, IntPredicate isGone) {
            begin(list);
            IntStack dropped = new IntStack();
            synchronized (lists[list]) {
                Run run = lists[list].run();
                int count = run.count();
                Region region = memory.allocate(Run.blocks(Math.max(1, count - lists[list].gone())));
                Run kept = new Run(region, new int[region.blocks() * BlockCode.ROWS], 0);
                for (int i = 0; i < count; i++) {
                    if (isGone.test(run.slot(i))) {
                        dropped.push(run.slot(i));
                    } else {
                        move(run, i, kept);
                    }
                }
                replace(lists[list], kept);
                lists[list].gone(0);
            }
            return dropped;
        }

        private void move(Run from, int place, Run to) {
            int next = to.count();
            if (packer != null) {
                packer.move(
                        from.region().base(),
                        from.block(place),
                        Run.lane(place),
                        to.region().base(),
                        to.block(next),
                        Run.lane(next));
            }
            to.add(from.slot(place));
        }
    }

    private void replace(InvertedList list, Run next) {
        Region before = list.run().region();
        list.show(next);
        old.add(before); // a region of no blocks is nobody's
    }

    /** Makes room for some rows in a list that has none. */
    void reserve(int list, int rows) {
        Region region = memory.allocate(Run.blocks(Math.max(1, rows)));
        lists[list].show(new Run(region, new int[region.blocks() * BlockCode.ROWS], 0));
    }

    /** Memory for so many blocks. */
    void reserve(long blocks) {
        memory.reserve(blocks);
    }

    /** Counts a row of a list that is gone from now on; tells how many these are. */
    int lose(int list) {
        synchronized (lists[list]) {
            lists[list].gone(lists[list].gone() + 1);
            return lists[list].gone();
        }
    }

    /** Rows of a list that are gone and still there. */
    int gone(int list) {
        synchronized (lists[list]) {
            return lists[list].gone();
        }
    }

    /** Uses memory again that no search reads any more. One thread at a time. */
    void recycle() {
        old.release(memory::give);
    }

    /** The same lists with their blocks in memory; those of a file need not be. */
    Lists loaded(Epochs epochs) {
        BlockMemory copies = new BlockMemory(learnt.blockBytes());
        copies.reserve(blocks());
        Run[] runs = new Run[lists.length];
        Arrays.setAll(runs, i -> run(i).copy(copies.allocate(run(i).region().blocks())));
        return new Lists(learnt.copy(), runs, copies, epochs);
    }

    /** Blocks of all lists together. */
    long blocks() {
        return Arrays.stream(lists)
                .mapToLong(list -> list.run().region().blocks())
                .sum();
    }

    /** Memory of the blocks, the slots and the centroids. */
    long bytes() {
        long slots = Arrays.stream(lists).mapToLong(list -> list.run().bytes()).sum();
        return memory.bytes() + slots + learnt.coarse().bytes();
    }

    @Override
    public void close() {
        memory.close();
        learnt.coarse().close();
    }
}
