package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Nearest;
import dev.vicino.scan.Stop;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A search of a tree, and its scratch memory, which the next one uses again. Not safe for use by several threads.
 *
 * <p>First it goes straight down to one leaf, whose rows give a threshold; then up again, and from each branch on that way depth-first
 * through all nodes beside it whose bound is not above the threshold, the nearest first. A row is passed over only where its bound says that it is farther than the k-th so far, so the answer is
 * that of exact search.
 */
final class Walk {
    private static final ColumnKernels KERNELS = Kernels.BEST.columns();

    /** Nodes between two looks at the clock: some tens of microseconds. */
    private static final int NODES_A_LOOK = 256;

    private final Shape shape;
    private final Distances distances;
    private final Target target;
    private final float[] out = new float[TreeParameters.MAX_LEAF];
    private final float[] scratch = new float[ColumnKernels.SCRATCH];
    private Node[] nodes = new Node[16 * Branch.CHILDREN];
    private float[] bounds = new float[16 * Branch.CHILDREN];
    private final Descent descent = new Descent();
    private int top;
    /** The most nodes that were on the stack. */
    private int highest;

    private int looked;
    private long exact;
    private long hops;
    private boolean complete;

    /** Walks over trees of a shape. */
    Walk(Shape shape, Distances distances) {
        this.shape = shape;
        this.distances = distances;
        this.target = new Target(shape);
    }

    /**
     * The rows that a goal asks for.
     *
     * @param pruned whether to pass over nodes by their bounds
     * @param allowed which may be found; null for all
     * @throws IllegalArgumentException for a query of another dimension or with a value that is not finite
     */
    Found search(Tree tree, float[] query, Goal goal, boolean pruned, @Nullable Allowed allowed, Stop stop) {
        target.aim(query);
        exact = 0;
        hops = 0;
        looked = 0;
        complete = !stop.isNow();
        Nearest nearest = goal.collect(tree.ids());
        if (complete) {
            boolean everything = !pruned || target.isExtreme();
            walk(tree, nearest, everything, allowed, stop);
            compareAside(tree, nearest, allowed);
        }
        Hits hits = nearest.drain(new Hits.Work("", 0, exact));
        long[] ids = new long[hits.ordinals().length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tree.ids().of(hits.ordinals()[i]);
        }
        return new Found(hits.ordinals(), ids, hits.distances(), pruned ? "tree" : "scan", 0, exact, hops, complete);
    }

    private void walk(Tree tree, Nearest nearest, boolean everything, @Nullable Allowed allowed, Stop stop) {
        Node root = tree.root();
        if (root == null) {
            return;
        }
        if (everything) {
            push(root, Float.NEGATIVE_INFINITY);
            empty(tree, nearest, true, allowed, stop);
        } else {
            compare(tree, leafBelow(root), nearest, allowed);
            while (!descent.isEmpty() && complete) {
                Branch branch = descent.back(out);
                pushNear(branch, nearest.threshold());
                empty(tree, nearest, false, allowed, stop);
            }
        }
        forget();
    }

    /** Goes straight down, to the nearest child each time. */
    private Leaf leafBelow(Node root) {
        Node node = root;
        while (node instanceof Branch branch) {
            bound(branch);
            int place = 0;
            for (int i = 1; i < branch.count(); i++) {
                if (out[i] < out[place]) {
                    place = i;
                }
            }
            descent.add(branch, out, place);
            node = branch.child(place);
        }
        return (Leaf) node;
    }

    /** Goes through what is on the stack, and below. */
    private void empty(Tree tree, Nearest nearest, boolean everything, @Nullable Allowed allowed, Stop stop) {
        while (top > 0 && complete) {
            top--;
            if (bounds[top] > nearest.threshold()) {
                continue;
            }
            switch (nodes[top]) {
                case Branch branch when everything -> pushAll(branch);
                case Branch branch -> {
                    bound(branch);
                    pushNear(branch, nearest.threshold());
                }
                case Leaf leaf -> compare(tree, leaf, nearest, allowed);
            }
            if (++looked % NODES_A_LOOK == 0 && stop.isNow()) {
                complete = false;
            }
        }
    }

    /** The walk may be kept for long, the nodes are not. */
    private void forget() {
        Arrays.fill(nodes, 0, highest, null);
        top = 0;
        highest = 0;
        descent.forget();
    }

    private void bound(Branch branch) {
        hops++;
        shape.bound(target, branch, out, scratch);
    }

    private void pushAll(Branch branch) {
        hops++;
        for (int i = 0; i < branch.count(); i++) {
            push(branch.child(i), Float.NEGATIVE_INFINITY);
        }
    }

    /** Puts the children that may have near rows, by the bounds that are there, on the stack, the nearest on top. */
    private void pushNear(Branch branch, float threshold) {
        int bottom = top;
        long near = KERNELS.atMost(out, branch.count(), threshold);
        for (; near != 0; near &= near - 1) {
            int i = Long.numberOfTrailingZeros(near);
            push(branch.child(i), out[i]);
            sink(bottom);
        }
    }

    /** Moves the node on top down to where those below it, to the bottom of its branch, are farther. */
    private void sink(int bottom) {
        int place = top - 1;
        Node node = nodes[place];
        float bound = bounds[place];
        for (; place > bottom && bounds[place - 1] < bound; place--) {
            nodes[place] = nodes[place - 1];
            bounds[place] = bounds[place - 1];
        }
        nodes[place] = node;
        bounds[place] = bound;
    }

    private void push(Node node, float bound) {
        if (top == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * top);
            bounds = Arrays.copyOf(bounds, 2 * top);
        }
        nodes[top] = node;
        bounds[top] = bound;
        top++;
        highest = Math.max(highest, top);
    }

    private void compare(Tree tree, Leaf leaf, Nearest nearest, @Nullable Allowed allowed) {
        exact += leaf.size();
        if (target.isExtreme()) {
            compareInDouble(leaf);
        } else {
            distances.compute(target.values(), target.norm(), leaf.columns, leaf.norms, out, scratch);
        }
        long near = KERNELS.atMost(out, leaf.size(), nearest.threshold());
        for (; near != 0; near &= near - 1) {
            int i = Long.numberOfTrailingZeros(near);
            add(tree, out[i], leaf.slot(i), nearest, allowed);
        }
    }

    private void compareInDouble(Leaf leaf) {
        float[] row = new float[shape.dimension()];
        for (int i = 0; i < leaf.size(); i++) {
            leaf.row(i, row);
            out[i] = distances.compute(target.values(), row);
        }
    }

    private void compareAside(Tree tree, Nearest nearest, @Nullable Allowed allowed) {
        Aside aside = tree.aside();
        exact += aside.size();
        for (int i = 0; i < aside.size(); i++) {
            float distance = distances.compute(target.values(), aside.row(i));
            add(tree, distance, aside.slot(i), nearest, allowed);
        }
    }

    private static void add(Tree tree, float distance, int slot, Nearest nearest, @Nullable Allowed allowed) {
        if (distance <= nearest.threshold() && (allowed == null || isAllowed(tree, slot, allowed))) {
            nearest.add(distance, slot);
        }
    }

    /** A look at the bitmap, or at the id of a row that was added since. */
    private static boolean isAllowed(Tree tree, int slot, Allowed allowed) {
        boolean known =
                allowed.version() == tree.generation() && slot < allowed.slots().size();
        return known ? allowed.slots().get(slot) : allowed.ids().test(tree.ids().of(slot));
    }
}
