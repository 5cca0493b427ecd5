package dev.vicino.tree;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a tree, searched and changed by any number of threads at once. A search takes the tree of the moment, which never changes, so it
 * waits for nobody and sees no change half done. Changes take turns; each makes another tree and puts it in the place of the last.
 */
public final class LiveTree {
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

    /**
     * The rows that a goal asks for, as exact search finds them.
     *
     * @param pruned whether to pass over rows that are too far
     * @param allowed which may be found; null for all
     * @throws IllegalArgumentException for a query of another dimension or with a value that is not finite
     */
    public Found search(float[] query, Goal goal, boolean pruned, @Nullable Allowed allowed, Stop stop) {
        Walk known = idle.poll();
        Walk walk = known == null ? new Walk(shape, distances) : known;
        Found found = walk.search(tree, query, goal, pruned, allowed, stop);
        idle.add(walk);
        return found;
    }

    /** The rows of some ids. */
    public Allowed allowed(LongPredicate ids) {
        return Allowed.of(ids, tree);
    }

    /** Grows when slots are numbered anew; what was derived from them is slow then. */
    public int generation() {
        return tree.generation();
    }

    public int size() {
        return tree.size();
    }

    /** Tells the id and the vector of every row of this moment, in the order in which they were added. The sink may change the tree. */
    public void forEach(PointSink sink) {
        Inventory inventory = new Inventory(tree, shape.dimension());
        for (int i = 0; i < inventory.size(); i++) {
            float[] row = new float[shape.dimension()];
            inventory.row(i, row);
            sink.accept(inventory.id(i), row);
        }
    }

    /** Hears points. */
    public interface PointSink {
        void accept(long id, float[] vector);
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

    public boolean contains(long id) {
        synchronized (turn) {
            Changes known = changes();
            changes = known;
            return known.contains(id);
        }
    }

    /**
     * Adds a row.
     *
     * @return false, and nothing is changed, where the id is there already
     * @throws IllegalStateException where ids of a file are damaged that changes rely on; so do all changes; searches go on
     */
    public boolean add(long id, float[] vector) {
        return change((now, from) -> now.contains(id) ? null : now.add(from, id, vector));
    }

    /**
     * Adds many rows, all or none.
     *
     * @param ids all different
     * @return the place of the first id that is there already, and nothing is changed then; −1 where all were added
     */
    public int addAll(long[] ids, RowSource rows) {
        int[] known = {-1};
        change((now, from) -> {
            for (int i = 0; i < ids.length && known[0] < 0; i++) {
                known[0] = now.contains(ids[i]) ? i : -1;
            }
            if (known[0] >= 0) {
                return null;
            }
            Tree all = from;
            for (int i = 0; i < ids.length; i++) {
                all = now.add(all, ids[i], rows.row(i));
            }
            return all;
        });
        return known[0];
    }

    /** Rows by their number. */
    public interface RowSource {
        float[] row(int row);
    }

    /** Gives an id another vector, or adds it. */
    public void update(long id, float[] vector) {
        change((now, from) -> {
            Tree without = now.remove(from, id);
            return now.add(without == null ? from : without, id, vector);
        });
    }

    /** Removes a row; tells whether it was there. */
    public boolean remove(long id) {
        return change((now, from) -> now.remove(from, id));
    }

    /** Builds all of it anew, as evenly as at first. */
    public void reclaim() {
        change((now, from) -> now.builtAnew(from, 1));
    }

    /** Memory of nodes, rows and ids. */
    public long bytes() {
        return TreeBytes.of(tree);
    }

    /**
     * Walks the whole tree.
     *
     * @throws IllegalStateException saying what is wrong with it
     */
    public void check() {
        new TreeCheck(shape, tree).run();
    }

    /** All there is at this moment, as it is written to a file. */
    public Snapshot snapshot() {
        return new Snapshot(tree, shape);
    }
}
