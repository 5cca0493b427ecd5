package dev.vicino.tree;

import dev.vicino.format.IndexFileWriter;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Snapshot;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * A tree as it is written to a file, its rows numbered from 0 on in the order in which they were added. Sections:
 *
 * <pre>
 * rows         n·d float32, row-major
 * norms        n float32: 1/‖x‖ under cosine (0 for a zero row), ‖x‖ otherwise
 * extremes     int32, rising: rows whose norm single precision cannot square; they are in no leaf
 * ids          n int64
 * tree.nodes   int32, each node before its children: of a leaf the number of its rows, of a branch −1 times that of its children
 * tree.order   int32, the row numbers of all leaves in that order
 * </pre>
 *
 * <p>Boxes and balls are computed when the file is opened.
 */
final class TreeSnapshot implements Snapshot {
    static final String NODES = "tree.nodes";
    static final String ORDER = "tree.order";

    private final Shape shape;
    private final Tree tree;
    private final Inventory rows;

    TreeSnapshot(Tree tree, Shape shape) {
        this.shape = shape;
        this.tree = tree;
        this.rows = new Inventory(tree, shape.dimension());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void addTo(IndexFileWriter writer) {
        int[] extremes = IntStream.range(0, rows.size()).filter(rows::isAside).toArray();
        int[] order = Arrays.copyOf(rows.numbers(), rows.size() - extremes.length);
        writer.section("rows", (long) rows.size() * shape.dimension() * Float.BYTES, this::values)
                .section("norms", norms())
                .section("extremes", ints(extremes))
                .section("ids", ids())
                .section(NODES, ints(nodes()))
                .section(ORDER, ints(order));
    }

    private Iterator<MemorySegment> values() {
        float[] row = new float[shape.dimension()];
        MemorySegment bytes = MemorySegment.ofArray(new byte[row.length * Float.BYTES]);
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < rows.size();
            }

            @Override
            public MemorySegment next() {
                rows.row(next++, row);
                MemorySegment.copy(row, 0, bytes, Memory.FLOAT, 0, row.length);
                return bytes;
            }
        };
    }

    private MemorySegment norms() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Float.BYTES * rows.size()]);
        float[] row = new float[shape.dimension()];
        for (int i = 0; i < rows.size(); i++) {
            float norm = rows.norm(i);
            if (rows.isAside(i)) {
                rows.row(i, row);
                norm = Norms.stored(Norms.of(row), shape.form == Form.COSINE);
            }
            bytes.set(Memory.FLOAT, (long) i * Float.BYTES, norm);
        }
        return bytes;
    }

    private MemorySegment ids() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Long.BYTES * rows.size()]);
        for (int i = 0; i < rows.size(); i++) {
            bytes.set(Memory.LONG, (long) i * Long.BYTES, rows.id(i));
        }
        return bytes;
    }

    private int[] nodes() {
        IntStream.Builder nodes = IntStream.builder();
        Node root = tree.root();
        if (root != null) {
            add(root, nodes);
        }
        return nodes.build().toArray();
    }

    private static void add(Node node, IntStream.Builder nodes) {
        switch (node) {
            case Leaf leaf -> nodes.add(leaf.size());
            case Branch branch -> {
                nodes.add(-branch.count());
                for (int i = 0; i < branch.count(); i++) {
                    add(branch.child(i), nodes);
                }
            }
        }
    }

    private static MemorySegment ints(int[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES * values.length]);
        MemorySegment.copy(values, 0, bytes, Memory.INT, 0, values.length);
        return bytes;
    }
}
