package dev.vicino.tree;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads the tree of a file, whose sections {@link TreeSnapshot} has; every number in them is checked before it is used. */
final class TreeFile {
    /** What is built has a tenth of that; a file of a deeper tree would fill the stack. */
    private static final int MAX_DEPTH = 200;

    private final IndexFile file;
    private final Shape shape;
    private final Builder builder;
    private final StoredRows rows;
    private final int[] nodes;
    private final int[] order;
    private int nextNode;
    private int nextRow;

    /**
     * Of rows that are there already.
     *
     * @throws CorruptFileException when a section is missing or has a wrong length
     */
    TreeFile(IndexFile file, Shape shape, Builder builder, StoredRows rows) throws CorruptFileException {
        this.file = file;
        this.shape = shape;
        this.builder = builder;
        this.rows = rows;
        this.nodes = ints(TreeSnapshot.NODES);
        this.order = ints(TreeSnapshot.ORDER);
    }

    private int[] ints(String section) throws CorruptFileException {
        Memory memory = file.section(section);
        long most = 2L * Integer.BYTES * rows.size(); // no tree has more branches than leaves, and no leaf is empty
        if (memory == null || memory.bytes() % Integer.BYTES != 0 || memory.bytes() > most) {
            throw corrupt(
                    section,
                    0,
                    "section '" + section + "'",
                    memory == null ? "missing" : memory.bytes() + " bytes",
                    "a multiple of 4, at most " + most);
        }
        int[] values = new int[(int) (memory.bytes() / Integer.BYTES)];
        MemorySegment.copy(memory.segment(), Memory.INT, 0, values, 0, values.length);
        return values;
    }

    private CorruptFileException corrupt(String section, int entry, String what, Object found, Object expected) {
        return new CorruptFileException(file.path(), file.offset(section) + 4L * entry, what, found, expected);
    }

    /** The root; null where there are no rows but extreme ones. */
    @Nullable
    Node root() throws CorruptFileException {
        findPlaces();
        Node root = nodes.length == 0 ? null : node(0);
        checkAllUsed(TreeSnapshot.NODES, "nodes", nodes.length, nextNode);
        checkAllUsed(TreeSnapshot.ORDER, "rows in leaves", order.length, nextRow);
        return root;
    }

    /** From row numbers to places of the rows that are not extreme, each of which has to be there once. */
    private void findPlaces() throws CorruptFileException {
        if (order.length != rows.size()) {
            throw corrupt(TreeSnapshot.ORDER, 0, "rows in order", order.length, rows.size());
        }
        int[] places = new int[rows.rows().size()];
        BitSet missing = new BitSet(places.length);
        for (int place = 0; place < rows.size(); place++) {
            places[rows.slot(place)] = place;
            missing.set(rows.slot(place));
        }
        for (int i = 0; i < order.length; i++) {
            if (order[i] < 0 || order[i] >= places.length || !missing.get(order[i])) {
                throw corrupt(
                        TreeSnapshot.ORDER, i, "row in order", order[i], "one that is not extreme, each of them once");
            }
            missing.clear(order[i]);
            order[i] = places[order[i]];
        }
    }

    private void checkAllUsed(String section, String what, int found, int expected) throws CorruptFileException {
        if (found != expected) {
            throw corrupt(section, expected, what, found, expected);
        }
    }

    private Node node(int depth) throws CorruptFileException {
        if (depth > MAX_DEPTH) {
            throw corrupt(TreeSnapshot.NODES, nextNode, "depth", depth, "at most " + MAX_DEPTH);
        }
        if (nextNode == nodes.length) {
            throw corrupt(TreeSnapshot.NODES, nextNode, "nodes", nodes.length, "more");
        }
        int count = nodes[nextNode++];
        int from = nextRow;
        int number = builder.number();
        if (count >= 1 && count <= Math.min(TreeParameters.MAX_LEAF, order.length - from)) {
            nextRow += count;
            return Leaf.of(number, shape.around(rows, order, from, nextRow), rows, order, from, nextRow);
        }
        if (count > -1 || count < -Branch.CHILDREN) {
            throw corrupt(
                    TreeSnapshot.NODES,
                    nextNode - 1,
                    "node",
                    count,
                    "1.." + TreeParameters.MAX_LEAF + " rows that are left, or -1..-" + Branch.CHILDREN);
        }
        Node[] children = new Node[-count];
        for (int i = 0; i < children.length; i++) {
            children[i] = node(depth + 1);
        }
        return Branch.of(number, shape.around(rows, order, from, nextRow), children, shape);
    }
}
