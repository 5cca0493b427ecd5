package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Codes;
import dev.vicino.code.Loss;
import dev.vicino.code.Sphere;
import dev.vicino.format.IndexFile;
import dev.vicino.graph.Graph.Entry;
import dev.vicino.io.CorruptFileException;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link GraphSnapshot} wrote. All that is used as a slot is checked here or, the links of the blocks, by every walk: no damage
 * leads anywhere else.
 */
final class GraphFile {
    private final IndexFile file;
    private final GraphParameters parameters;
    private final Form form;
    private final int dimension;
    private final int size;
    private final Memory head;

    GraphFile(IndexFile file, GraphParameters parameters, Form form, int dimension) throws CorruptFileException {
        this.file = file;
        this.parameters = parameters;
        this.form = form;
        this.dimension = dimension;
        this.size = file.header().size();
        this.head = file.section(GraphSnapshot.HEAD, GraphSnapshot.HEAD_BYTES);
    }

    private static int get(Memory memory, long place) {
        return memory.segment().get(Memory.INT, place * Integer.BYTES);
    }

    Learnt learnt() throws CorruptFileException {
        Sphere sphere = sphere();
        return new Learnt(code(sphere), sphere, size, Loss.read(file));
    }

    private Sphere sphere() throws CorruptFileException {
        float radius = head.get(3);
        if (!(radius >= 0) || Float.isInfinite(radius)) {
            throw corrupt(GraphSnapshot.HEAD, 3, "radius of the sphere", radius, "a length");
        }
        return new Sphere(radius);
    }

    private @Nullable Code code(Sphere sphere) throws CorruptFileException {
        if (parameters.code() instanceof CodeKind.Float32) {
            return null;
        }
        Memory section = file.section(GraphSnapshot.CODE);
        Code code = section == null ? null : Codes.open(parameters.code(), form, dimension, sphere, section);
        if (code == null) {
            throw corrupt(
                    GraphSnapshot.CODE,
                    0,
                    "section 'code'",
                    section == null ? "missing" : section.bytes() + " bytes",
                    "finite parameters of the code");
        }
        return code;
    }

    Reach reach() throws CorruptFileException {
        Memory section = file.section(GraphSnapshot.REACH, (long) Reach.RANKS.length * Float.BYTES);
        float[] means = new float[Reach.RANKS.length];
        section.get(0, means, means.length);
        for (int i = 0; i < means.length; i++) {
            float least = i == 0 ? 0 : means[i - 1];
            if (!(means[i] >= least) || Float.isInfinite(means[i])) {
                throw corrupt(GraphSnapshot.REACH, i, "mean distance", means[i], "a number of at least " + least);
            }
        }
        return new Reach(means, size);
    }

    Memory blocks(Learnt learnt) throws CorruptFileException {
        int bytes = Graph.blockBytes(parameters.m(), learnt.codeBytes());
        return file.section(GraphSnapshot.BLOCKS, (long) size * bytes);
    }

    /** Gives a graph its layers, parents, entry and root. */
    void fill(Graph graph) throws CorruptFileException {
        fillUpper(graph);
        Memory parents = file.section(GraphSnapshot.PARENTS, (long) size * Integer.BYTES);
        int[] read = new int[size];
        MemorySegment.copy(parents.segment(), Memory.INT, 0, read, 0, size);
        for (int slot = 0; slot < size; slot++) {
            int parent = read[slot];
            if (parent < Graph.NONE || parent >= size) {
                throw corrupt(GraphSnapshot.PARENTS, slot, "parent of a node", parent, "-1.." + (size - 1));
            }
            graph.parent(slot, parent);
        }
        int entry = get(head, 0);
        int root = get(head, 2);
        if (size == 0) {
            return;
        }
        if (entry < 0 || entry >= size || get(head, 1) != graph.layer(entry)) {
            throw corrupt(GraphSnapshot.HEAD, 0, "entry", entry + " on layer " + get(head, 1), "a node on its layer");
        }
        if (root < 0 || root >= size || graph.parent(root) != Graph.NONE) {
            throw corrupt(GraphSnapshot.HEAD, 2, "root", root, "a node without a parent");
        }
        graph.entry(new Entry(entry, get(head, 1)));
        graph.root(root);
        checkTree(graph);
    }

    /** Whoever goes from parent to parent must come to the root. */
    private void checkTree(Graph graph) throws CorruptFileException {
        int[] checked = new int[size]; // in the round in which a node was met, from 1 on
        checked[graph.root()] = 1;
        for (int slot = 0; slot < size; slot++) {
            int round = slot + 2;
            int at = slot;
            while (checked[at] == 0) {
                checked[at] = round;
                at = graph.parent(at);
                if (at == Graph.NONE || checked[at] == round) {
                    throw corrupt(
                            GraphSnapshot.PARENTS, slot, "parent of a node", graph.parent(slot), "a way to the root");
                }
            }
        }
    }

    private void fillUpper(Graph graph) throws CorruptFileException {
        Memory section = file.section(GraphSnapshot.UPPER);
        if (section == null || section.bytes() % Integer.BYTES != 0) {
            throw corrupt(
                    GraphSnapshot.UPPER,
                    0,
                    "section 'graph.upper'",
                    section == null ? "missing" : section.bytes(),
                    "int32");
        }
        int m = parameters.m();
        long end = section.bytes() / Integer.BYTES;
        long at = 0;
        while (at < end) {
            int slot = get(section, at);
            int layers = at + 1 < end ? get(section, at + 1) : 0;
            if (slot < 0 || slot >= size || layers < 1 || layers > 64 || at + 2 + (long) layers * (m + 1) > end) {
                throw corrupt(
                        GraphSnapshot.UPPER,
                        at,
                        "node",
                        slot + " on layer " + layers,
                        "a node of " + size + " and its links");
            }
            int[] upper = new int[layers * (m + 1)];
            MemorySegment.copy(section.segment(), Memory.INT, (at + 2) * Integer.BYTES, upper, 0, upper.length);
            for (int from = 0; from < upper.length; from += m + 1) {
                if (upper[from] < 0 || upper[from] > m) {
                    throw corrupt(GraphSnapshot.UPPER, at + 2 + from, "number of links", upper[from], "0.." + m);
                }
            }
            graph.upper(slot, upper);
            at += 2 + upper.length;
        }
        checkUpper(graph);
    }

    /** Links of upper layers lead to nodes of these layers. */
    private void checkUpper(Graph graph) throws CorruptFileException {
        int m = parameters.m();
        for (int slot = 0; slot < size; slot++) {
            int[] upper = graph.upper(slot);
            for (int from = 0; from < upper.length; from += m + 1) {
                for (int i = 1; i <= upper[from]; i++) {
                    int other = upper[from + i];
                    if (other < 0 || other >= size || graph.upper(other).length <= from) {
                        throw corrupt(GraphSnapshot.UPPER, 0, "link of node " + slot, other, "a node of that layer");
                    }
                }
            }
        }
    }

    private CorruptFileException corrupt(String section, long place, String what, Object found, String expected) {
        return new CorruptFileException(file.path(), file.offset(section) + place * 4L, what, found, expected);
    }
}
