package dev.vicino.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where every row is, for those who change a tree: the slot of an id, the leaf of a slot, the parent of a node. Not safe by itself. */
final class Directory {
    /** The leaf of a row that is aside, and the parent of the root. */
    static final int NONE = -1;

    private final Map<Long, Integer> slots = new HashMap<>();
    private int[] leaves = new int[16];
    private int[] parents = new int[16];

    /**
     * Of a tree.
     *
     * @throws IllegalStateException for an id that is there twice
     */
    Directory(Tree tree) {
        Node root = tree.root();
        if (root != null) {
            enter(root, NONE);
            name(root, tree);
        }
        for (int i = 0; i < tree.aside().size(); i++) {
            int slot = tree.aside().slot(i);
            leaf(slot, NONE);
            name(slot, tree);
        }
    }

    private void name(Node node, Tree tree) {
        switch (node) {
            case Leaf leaf -> {
                for (int i = 0; i < leaf.size(); i++) {
                    name(leaf.slot(i), tree);
                }
            }
            case Branch branch -> {
                for (int i = 0; i < branch.count(); i++) {
                    name(branch.child(i), tree);
                }
            }
        }
    }

    private void name(int slot, Tree tree) {
        long id = tree.ids().of(slot);
        if (slots.put(id, slot) != null) {
            throw new IllegalStateException("id " + id + " is there twice, expected every id once");
        }
    }

    /** Enters nodes that are new, below a parent. */
    void enter(Node node, int parent) {
        parents = grown(parents, node.number);
        parents[node.number] = parent;
        switch (node) {
            case Leaf leaf -> {
                for (int i = 0; i < leaf.size(); i++) {
                    leaf(leaf.slot(i), leaf.number);
                }
            }
            case Branch branch -> {
                for (int i = 0; i < branch.count(); i++) {
                    enter(branch.child(i), branch.number);
                }
            }
        }
    }

    /** Says which leaf a slot is in. */
    void leaf(int slot, int number) {
        leaves = grown(leaves, slot);
        leaves[slot] = number;
    }

    private static int[] grown(int[] values, int place) {
        return place < values.length ? values : Arrays.copyOf(values, Math.max(place + 1, 2 * values.length));
    }

    boolean contains(long id) {
        return slots.containsKey(id);
    }

    /** Gives an id a slot. */
    void put(long id, int slot) {
        slots.put(id, slot);
    }

    /** Takes an id away; tells its slot, or null. */
    @Nullable
    Integer remove(long id) {
        return slots.remove(id);
    }

    boolean isAside(int slot) {
        return leaves[slot] == NONE;
    }

    /** The numbers of the nodes from the root down to the leaf of a slot. */
    int[] path(int slot) {
        int length = 0;
        for (int number = leaves[slot]; number != NONE; number = parents[number]) {
            length++;
        }
        int[] path = new int[length];
        for (int number = leaves[slot]; number != NONE; number = parents[number]) {
            path[--length] = number;
        }
        return path;
    }
}
