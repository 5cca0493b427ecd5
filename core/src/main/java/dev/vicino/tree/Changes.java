package dev.vicino.tree;

import dev.vicino.io.Progress;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of another by a change: new nodes along one path, all others shared. What has changed too much is built anew on the way
 * (Overmars, The Design of Dynamic Data Structures, 1983: partial rebuilding), the highest such node first. Not safe for use by several
 * threads.
 */
final class Changes {
    /** Slots of removed rows that are worth no thought. */
    private static final int FEW_SLOTS = 1024;

    private final Shape shape;
    private final int leaf;
    private final Builder builder;
    private Directory directory;

    /** Of a tree, whose nodes a builder has numbered. */
    Changes(Shape shape, int leaf, Builder builder, Tree tree) {
        this.shape = shape;
        this.leaf = leaf;
        this.builder = builder;
        this.directory = new Directory(tree);
    }

    boolean contains(long id) {
        return directory.contains(id);
    }

    /** A row on its way to its leaf. */
    private record Addition(int slot, float[] row, float[] point, float norm) {}

    /** Adds rows whose ids are not there: one after the other, or many by building a tree of all. */
    Tree addAll(Tree tree, long[] ids, IntFunction<float[]> rows, int threads) {
        if (ids.length > tree.size() / 2) {
            return built(tree, ids, rows, threads);
        }
        Tree all = tree;
        for (int i = 0; i < ids.length; i++) {
            all = add(all, ids[i], rows.apply(i));
        }
        return all;
    }

    private Tree built(Tree tree, long[] ids, IntFunction<float[]> rows, int threads) {
        Gathered all = new Gathered(shape.dimension(), tree.size() + ids.length);
        Node root = tree.root();
        if (root != null) {
            all.add(root);
        }
        Tree named = tree;
        for (int i = 0; i < ids.length; i++) {
            float[] row = rows.apply(i);
            double norm = Norms.of(row);
            int slot = named.ids().size();
            named = named(named, ids[i]);
            if (Norms.isExtreme(norm)) {
                named = aside(named, slot, row);
            } else {
                all.add(Leaf.of(slot, row, stored(norm)));
            }
        }
        return all.size() == 0 ? named : named.withRoot(built(all, Directory.NONE, threads));
    }

    /** A tree with another slot, behind the last. */
    private Tree named(Tree tree, long id) {
        directory.put(id, tree.ids().size());
        return tree.withIds(tree.ids().with(id));
    }

    private Tree aside(Tree tree, int slot, float[] row) {
        directory.leaf(slot, Directory.NONE);
        return tree.withAside(tree.aside().with(slot, row));
    }

    /** Adds a row whose id is not there. */
    Tree add(Tree tree, long id, float[] row) {
        Tree whole = isWornOut(tree) ? builtAnew(tree, 1) : tree;
        int slot = whole.ids().size();
        Tree named = named(whole, id);
        double norm = Norms.of(row);
        if (Norms.isExtreme(norm)) {
            return aside(named, slot, row);
        }
        float[] point = row.clone();
        shape.located.locate(point, norm);
        Addition addition = new Addition(slot, row, point, stored(norm));
        Node root = named.root();
        return named.withRoot(
                root == null
                        ? built(gathered(null, addition), Directory.NONE, 1)
                        : with(root, Directory.NONE, addition));
    }

    private float stored(double norm) {
        return Norms.stored(norm, shape.form == Form.COSINE);
    }

    private Node with(Node node, int parent, Addition addition) {
        float[] grown = shape.around(node.region, addition.point);
        return switch (node) {
            case Leaf full when full.size() >= leaf -> built(gathered(full, addition), parent, 1);
            case Leaf some -> {
                directory.leaf(addition.slot, some.number);
                yield some.with(grown, addition.slot, addition.row, addition.norm);
            }
            case Branch worn when worn.isWornOut() -> built(gathered(worn, addition), parent, 1);
            case Branch branch -> {
                int place = nearest(branch, addition.point);
                yield branch.with(grown, place, with(branch.child(place), branch.number, addition), shape);
            }
        };
    }

    private int nearest(Branch branch, float[] point) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < branch.count(); i++) {
            double distance = shape.distance(branch.child(i).region, point);
            if (distance < least) {
                nearest = i;
                least = distance;
            }
        }
        return nearest;
    }

    private Gathered gathered(@Nullable Node node, @Nullable Addition addition) {
        int size = (node == null ? 0 : node.size()) + (addition == null ? 0 : 1);
        Gathered rows = new Gathered(shape.dimension(), size);
        if (node != null) {
            rows.add(node);
        }
        if (addition != null) {
            rows.add(Leaf.of(addition.slot, addition.row, addition.norm));
        }
        return rows;
    }

    private Node built(Gathered rows, int parent, int threads) {
        Node built = builder.build(rows, threads, Progress.NONE);
        directory.enter(built, parent);
        return built;
    }

    /** Removes a row; null where its id is not there. */
    @Nullable
    Tree remove(Tree tree, long id) {
        if (!directory.contains(id)) {
            return null;
        }
        Tree whole = isWornOut(tree) ? builtAnew(tree, 1) : tree;
        Node root = whole.root();
        Integer slot = directory.remove(id);
        if (slot == null || root == null || directory.isAside(slot)) {
            return slot == null ? null : whole.withAside(whole.aside().without(slot));
        }
        return whole.withRoot(without(root, Directory.NONE, slot, directory.path(slot), 1));
    }

    /** A node without a row; null where it was the last. */
    private @Nullable Node without(Node node, int parent, int slot, int[] path, int depth) {
        if (node.size() == 1) {
            return null;
        }
        return switch (node) {
            case Leaf some -> some.without(some.place(slot));
            case Branch worn
            when worn.isWornOut() -> {
                Gathered rows = gathered(worn, null);
                rows.remove(slot);
                yield built(rows, parent, 1);
            }
            case Branch branch -> {
                int place = branch.place(path[depth]);
                Node child = without(branch.child(place), branch.number, slot, path, depth + 1);
                yield child == null ? branch.without(place, shape) : branch.with(branch.region, place, child, shape);
            }
        };
    }

    private static boolean isWornOut(Tree tree) {
        boolean root = tree.root() instanceof Branch branch && branch.isWornOut();
        return root || tree.ids().size() > 2L * tree.size() + FEW_SLOTS;
    }

    /** All of a tree built anew, its slots numbered from 0 on in the order that they had. */
    Tree builtAnew(Tree tree, int threads) {
        Inventory all = new Inventory(tree, shape.dimension());
        Batch rows = all.renumbered();
        builder.restart();
        Node root = rows.size() == 0 ? null : builder.build(rows, threads, Progress.NONE);
        SlotIds ids = new SlotIds(Ids.ORDINALS, 0, all.ids(), all.size());
        Tree anew = new Tree(root, all.renumberedAside(), ids, tree.generation() + 1);
        directory = new Directory(anew);
        return anew;
    }
}
