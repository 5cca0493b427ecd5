package dev.vicino.tree;

import java.util.HashSet;
import java.util.Set;

/** Walks a whole tree and says what is wrong with it. */
final class TreeCheck {
    private final Shape shape;
    private final Tree tree;
    private final Set<Integer> slots = new HashSet<>();
    private final Set<Long> ids = new HashSet<>();
    private final Set<Integer> numbers = new HashSet<>();

    TreeCheck(Shape shape, Tree tree) {
        this.shape = shape;
        this.tree = tree;
    }

    /** @throws IllegalStateException for the first thing that is wrong */
    void run() {
        Node root = tree.root();
        if (root != null) {
            check(root);
        }
        for (int i = 0; i < tree.aside().size(); i++) {
            checkSlot(tree.aside().slot(i));
        }
        if (slots.size() != tree.size()) {
            throw new IllegalStateException("size = " + tree.size() + ", expected the number of rows, " + slots.size());
        }
    }

    private void check(Node node) {
        if (!numbers.add(node.number)) {
            throw new IllegalStateException("node " + node.number + " is there twice, expected every number once");
        }
        switch (node) {
            case Leaf leaf -> checkLeaf(leaf);
            case Branch branch -> checkBranch(branch);
        }
    }

    private void checkLeaf(Leaf leaf) {
        if (leaf.size() < 1 || leaf.size() > TreeParameters.MAX_LEAF) {
            throw new IllegalStateException(
                    "leaf " + leaf.number + " has " + leaf.size() + " rows, expected 1.." + TreeParameters.MAX_LEAF);
        }
        for (int i = 0; i < leaf.size(); i++) {
            checkSlot(leaf.slot(i));
        }
        checkInside(leaf, leaf);
    }

    private void checkSlot(int slot) {
        if (slot < 0 || slot >= tree.ids().size() || !slots.add(slot)) {
            throw new IllegalStateException("slot " + slot + " is wrong or there twice, expected one of "
                    + tree.ids().size() + ", once");
        }
        if (!ids.add(tree.ids().of(slot))) {
            throw new IllegalStateException("id " + tree.ids().of(slot) + " is there twice, expected every id once");
        }
    }

    private void checkBranch(Branch branch) {
        int size = 0;
        for (int i = 0; i < branch.count(); i++) {
            check(branch.child(i));
            size += branch.child(i).size();
        }
        if (size != branch.size()) {
            throw new IllegalStateException(
                    "branch " + branch.number + " has " + size + " rows, expected " + branch.size());
        }
        checkInside(branch, branch);
    }

    /** That all rows below a node are in its region. */
    private void checkInside(Node outer, Node inner) {
        switch (inner) {
            case Branch branch -> {
                for (int i = 0; i < branch.count(); i++) {
                    checkInside(outer, branch.child(i));
                }
            }
            case Leaf leaf -> {
                float[] point = new float[shape.dimension()];
                for (int i = 0; i < leaf.size(); i++) {
                    leaf.row(i, point);
                    shape.located.locate(point);
                    if (!shape.isAround(outer.region, point)) {
                        throw new IllegalStateException("slot " + leaf.slot(i) + " is outside of node " + outer.number
                                + ", expected it in its region");
                    }
                }
            }
        }
    }
}
