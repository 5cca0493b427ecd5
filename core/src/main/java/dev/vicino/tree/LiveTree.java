package dev.vicino.tree;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.rows.LivePoints;
import dev.vicino.rows.Snapshot;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a tree, searched and changed by any number of threads at once. A search takes the tree of the moment, which never changes, so it
 * waits for nobody and sees no change half done. Changes take turns; each makes another tree and puts it in the place of the last.
 */
public final class LiveTree implements LivePoints {
    private final Shape shape;
    private final TreeParameters parameters;
    private final Builder builder;
    private final Distances distances;
    private final @Nullable Path file;
    private final Queue<Walk> idle = new ConcurrentLinkedQueue<>();
    private volatile Tree tree;

    /** Guards changes; null until the first, and after one that failed half-way. */
    private final Object turn = new Object();

    private @Nullable Changes changes;

    private LiveTree(Shape shape, TreeParameters parameters, Builder builder, Tree tree, @Nullable Path file) {
        this.shape = shape;
        this.parameters = parameters;
        this.builder = builder;
        this.tree = tree;
        this.file = file;
        int d = shape.dimension();
        Norms none = Norms.of(NO_MEMORY, shape.form == Form.COSINE, new int[0]);
        this.distances = Distances.of(shape.form, Rows.of(NO_MEMORY, 0, d), none);
    }

    /** Rows come from leaves. */
    private static final Memory NO_MEMORY = Memory.allocate(0);

    /**
     * Builds a tree of rows, which it copies.
     *
     * @param ids one a row; kept
     */
    public static LiveTree build(
            TreeParameters parameters, Form form, Rows rows, Norms norms, Ids ids, int threads, Progress progress) {
        Shape shape = Shape.of(parameters, form, rows.dimension());
        Builder builder = new Builder(shape, parameters.leaf());
        StoredRows stored = StoredRows.of(rows, norms);
        Node root = stored.size() == 0 ? null : builder.build(stored, threads, progress);
        Tree tree = new Tree(root, stored.aside(), SlotIds.of(ids, rows.size()), 0);
        return new LiveTree(shape, parameters, builder, tree, null);
    }

    /**
     * Reads the tree of a file, whose rows it copies.
     *
     * @throws CorruptFileException when the sections are not what the format requires
     */
    public static LiveTree open(TreeParameters parameters, Form form, Rows rows, Norms norms, Ids ids, IndexFile file)
            throws CorruptFileException {
        Shape shape = Shape.of(parameters, form, rows.dimension());
        Builder builder = new Builder(shape, parameters.leaf());
        StoredRows stored = StoredRows.of(rows, norms);
        Node root = new TreeFile(file, shape, builder, stored).root();
        Tree tree = new Tree(root, stored.aside(), SlotIds.of(ids, rows.size()), 0);
        return new LiveTree(shape, parameters, builder, tree, file.path());
    }

    @Override
    public Found search(float[] query, int k, int effort, int rerank, @Nullable Allowed allowed, Stop stop) {
        return search(query, new Goal.KNearest(k), true, allowed, stop);
    }

    @Override
    public Found searchWithin(float[] query, float radius, int effort, @Nullable Allowed allowed, Stop stop) {
        return search(query, new Goal.Within(radius), true, allowed, stop);
    }

    @Override
    public Found searchExactly(float[] query, int k, @Nullable Allowed allowed, Stop stop) {
        return search(query, new Goal.KNearest(k), false, allowed, stop);
    }

    @Override
    public Found searchExactlyWithin(float[] query, float radius, @Nullable Allowed allowed, Stop stop) {
        return search(query, new Goal.Within(radius), false, allowed, stop);
    }

    private Found search(float[] query, Goal goal, boolean pruned, @Nullable Allowed allowed, Stop stop) {
        Walk known = idle.poll();
        Walk walk = known == null ? new Walk(shape, distances) : known;
        Found found = walk.search(tree, query, goal, pruned, allowed, stop);
        idle.add(walk);
        return found;
    }

    /** A slot is given once. */
    @Override
    public <T> T reading(Supplier<T> work) {
        return work.get();
    }

    @Override
    public Allowed allowed(long[] wanted, LongPredicate isWanted) {
        Tree now = tree;
        Bitmap slots = new Bitmap(now.ids().size());
        for (int slot = 0; slot < slots.size(); slot++) {
            if (isWanted.test(now.ids().of(slot))) {
                slots.set(slot);
            }
        }
        return new Allowed(slots, now.generation(), isWanted);
    }

    /** A slot is given once, so what is known of slots holds until they are numbered anew. */
    @Override
    public long version() {
        return tree.generation();
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public void forEach(Sink sink) {
        Inventory inventory = new Inventory(tree, shape.dimension());
        for (int i = 0; i < inventory.size(); i++) {
            float[] row = new float[shape.dimension()];
            inventory.row(i, row);
            sink.accept(inventory.id(i), row);
        }
    }

    private interface Change {
        @Nullable
        Tree of(Changes changes, Tree tree);
    }

    /** Makes a change, whole or not at all; tells whether there was anything to change. */
    private boolean change(Change change) {
        synchronized (turn) {
            Changes known = changes();
            changes = null; // should this fail half-way
            Tree other = change.of(known, tree);
            if (other != null) {
                tree = other;
            }
            changes = known;
            return other != null;
        }
    }

    private Changes changes() {
        Changes known = changes;
        if (known != null) {
            return known;
        }
        try {
            return new Changes(shape, parameters.leaf(), builder, tree);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    (file == null ? "index" : "index file " + file) + " is damaged: " + e.getMessage()
                            + "; searches go on, changes need a whole one",
                    e);
        }
    }

    @Override
    public boolean contains(long id) {
        synchronized (turn) {
            Changes known = changes();
            changes = known;
            return known.contains(id);
        }
    }

    @Override
    public boolean add(long id, float[] vector) {
        return change((now, from) -> now.contains(id) ? null : now.add(from, id, vector));
    }

    @Override
    public void addAll(long[] ids, IntFunction<float[]> vectors, int threads) {
        change((now, from) -> {
            for (long id : ids) {
                if (now.contains(id)) {
                    throw LivePoints.isThere(id);
                }
            }
            return now.addAll(from, ids, vectors, threads);
        });
    }

    @Override
    public void update(long id, float[] vector) {
        change((now, from) -> {
            Tree without = now.remove(from, id);
            return now.add(without == null ? from : without, id, vector);
        });
    }

    @Override
    public boolean remove(long id) {
        return change((now, from) -> now.remove(from, id));
    }

    @Override
    public void reclaim() {
        change((now, from) -> now.builtAnew(from, 1));
    }

    /** Builds all of it anew, as evenly as at first. */
    @Override
    public void learnAnew() {
        reclaim();
    }

    /** Does nothing: nodes and rows are on the heap. */
    @Override
    public void load() {}

    /** Trees have no code. */
    @Override
    public double codeLoss() {
        return Double.NaN;
    }

    @Override
    public long bytes() {
        return TreeBytes.of(tree);
    }

    @Override
    public void check() {
        new TreeCheck(shape, tree).run();
    }

    /** Changes wait for nothing: what is written is the tree of the moment. */
    @Override
    public void save(Snapshot.Sink sink) throws IOException {
        sink.accept(new TreeSnapshot(tree, shape));
    }

    /** Does nothing: the garbage collector takes the nodes. */
    @Override
    public void close() {}
}
