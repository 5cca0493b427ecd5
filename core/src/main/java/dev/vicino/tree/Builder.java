package dev.vicino.tree;

import dev.vicino.io.Progress;
import dev.vicino.scan.Parallel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** Builds nodes of rows, top-down. Leaves are nearly full, and so are all branches but the topmost. Not safe for use by several threads. */
final class Builder {
    private final Shape shape;
    private final int leaf;
    private final AtomicInteger numbers = new AtomicInteger();

    Builder(Shape shape, int leaf) {
        this.shape = shape;
        this.leaf = leaf;
    }

    /** Numbers of nodes begin at 0 again. */
    void restart() {
        numbers.set(0);
    }

    int number() {
        return numbers.getAndIncrement();
    }

    /**
     * A tree of all rows of a batch, of which there is at least one. It is the same on any number of threads, but for the numbers.
     *
     * @param progress hears of rows in leaves
     */
    Node build(Batch batch, int threads, Progress progress) {
        int[] order = IntStream.range(0, batch.size()).toArray();
        return new Work(batch, order, progress).node(0, order.length, threads);
    }

    private final class Work {
        private final Batch batch;
        private final int[] order;
        private final Splits splits;
        private final Progress progress;
        private final AtomicLong done = new AtomicLong();

        Work(Batch batch, int[] order, Progress progress) {
            this.batch = batch;
            this.order = order;
            this.splits = new Splits(shape, batch, order);
            this.progress = progress;
        }

        Node node(int from, int to, int threads) {
            float[] region = shape.around(batch, order, from, to);
            int number = number();
            if (to - from <= leaf) {
                progress.update(done.addAndGet(to - from), order.length);
                return Leaf.of(number, region, batch, order, from, to);
            }
            int[] ends = pieces(from, to);
            Node[] children = new Node[ends.length];
            Parallel.run(ends.length, threads, i -> children[i] = node(i == 0 ? from : ends[i - 1], ends[i], 1));
            return Branch.of(number, region, children, shape);
        }

        /** Where the pieces of some rows end: as few as can be, so that all below them are full. */
        private int[] pieces(int from, int to) {
            long rows = leaf;
            while (rows * Branch.CHILDREN < to - from) {
                rows *= Branch.CHILDREN;
            }
            int[] ends = new int[(int) Math.ceilDiv(to - from, rows)];
            int[] next = {0};
            divide(from, to, ends.length, () -> next[0]++, ends);
            return ends;
        }

        private void divide(int from, int to, int pieces, IntSupplier next, int[] ends) {
            if (pieces == 1) {
                ends[next.getAsInt()] = to;
                return;
            }
            int first = pieces / 2;
            int middle = from + (int) ((long) (to - from) * first / pieces);
            splits.split(from, middle, to);
            divide(from, middle, first, next, ends);
            divide(middle, to, pieces - first, next, ends);
        }
    }
}
