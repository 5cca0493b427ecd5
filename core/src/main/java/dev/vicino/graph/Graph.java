package dev.vicino.graph;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.IntPages;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The links of all nodes.
 *
 * <p>On layer 0 the links of a node are in its block, behind the code: their number, then room for 2m slots. On layer l ≥ 1 they are in
 * an array of the node: at (l−1)·(m+1) their number, then room for m slots.
 *
 * <p>Every node but one, the root, has a <em>parent</em>, with which it is linked on layer 0 both ways, and these links are never given
 * up: so every node can be reached from every other one, whatever is pruned, added and removed.
 *
 * <p>Readers take no lock. They may meet a list that is being written: whatever they read from it is a slot that is or was linked, or
 * one that they have to leave out because it is not below their own {@link #size}. Writers hold {@link #lock} of the node they write.
 */
final class Graph {
    static final int NONE = IdTable.NONE;
    private static final int STRIPES = 1024;
    private static final int[] NO_LAYERS = {};

    private final int m;
    /** Links of a node on layer 0. */
    private final int m0;
    /** Where in a block the number of links is. */
    private final int linksAt;

    private final int firstSize;
    private final int firstCapacity;
    private final IntPages parents = new IntPages(NONE);
    private volatile int[][] layers = new int[0][];
    private final Object[] stripes = new Object[STRIPES];
    private volatile Slots blocks;
    private volatile int size;
    private volatile @Nullable Entry entry;
    private volatile int root = NONE;

    /**
     * Where searches begin: the node that is on the highest layer.
     *
     * @param slot of the node
     * @param layer its highest
     */
    record Entry(int slot, int layer) {}

    /**
     * Without links.
     *
     * @param firstSize nodes that are there to begin with
     * @param firstCapacity the slot behind the end of their chunk, which is the first of those that come later
     */
    Graph(int m, int codeBytes, Slots blocks, int firstSize, int firstCapacity) {
        this.firstSize = firstSize;
        this.firstCapacity = firstCapacity;
        this.m = m;
        this.m0 = 2 * m;
        this.linksAt = codeBytes;
        this.blocks = blocks;
        Arrays.setAll(stripes, i -> new Object());
    }

    /** Bytes of a block: whole lines of the cache. */
    static int blockBytes(int m, int codeBytes) {
        int used = codeBytes + Integer.BYTES + 2 * m * Integer.BYTES;
        return Math.ceilDiv(used, 64) * 64;
    }

    int m() {
        return m;
    }

    int m0() {
        return m0;
    }

    int linksAt() {
        return linksAt;
    }

    Slots blocks() {
        return blocks;
    }

    /** Other blocks with the same links, or the same and more behind them. */
    void blocks(Slots blocks) {
        this.blocks = blocks;
    }

    /** All slots in use are below this. Read it before {@link #blocks}. */
    int size() {
        return size;
    }

    /** Makes room, then lets readers see it. */
    void grow(int newSize) {
        if (layers.length < newSize) {
            int[][] more = Arrays.copyOf(layers, Math.max(newSize, layers.length + layers.length / 2));
            Arrays.fill(more, layers.length, more.length, NO_LAYERS);
            layers = more;
        }
        parents.reserve(newSize);
        size = newSize;
    }

    @Nullable
    Entry entry() {
        return entry;
    }

    /** Where to begin to insert a node; null for the first one of all, which becomes the entry and the root. */
    @Nullable
    Entry begin(Entry node) {
        Entry known = entry;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = entry;
            if (known == null) {
                root = node.slot();
                entry = node;
            }
            return known;
        }
    }

    void entry(@Nullable Entry entry) {
        this.entry = entry;
    }

    /** The one node without a parent; {@link #NONE} in an empty graph. */
    int root() {
        return root;
    }

    void root(int slot) {
        root = slot;
    }

    int parent(int slot) {
        return parents.get(slot);
    }

    void parent(int slot, int parent) {
        parents.set(slot, parent);
    }

    /** Whether a node is in the tree of parents, so that others may be its children. */
    boolean isAttached(int slot) {
        return slot == root || parents.get(slot) != NONE;
    }

    /** Children that a node has at most: it has room for its parent and for links of its own choice beside them. */
    int maxChildren() {
        return Math.max(1, m0 / 2 - 1);
    }

    /** What a writer of a node's links holds. */
    Object lock(int slot) {
        return stripes[slot & (STRIPES - 1)];
    }

    /** The highest layer of a node. */
    int layer(int slot) {
        return layers[slot].length / (m + 1);
    }

    /** Gives a node its layers, without links. */
    void layer(int slot, int layer) {
        layers[slot] = layer == 0 ? NO_LAYERS : new int[layer * (m + 1)];
        MemorySegment base = blocks.base(slot);
        base.set(Memory.INT, blocks.at(slot) + linksAt, 0);
        parents.set(slot, NONE);
    }

    /** The links of the upper layers as they are stored; empty where there are none. */
    int[] upper(int slot) {
        return layers[slot];
    }

    /** Gives a node its layers and their links. */
    void upper(int slot, int[] upper) {
        layers[slot] = upper;
    }

    /** Links that a node may have on a layer. */
    int maxLinks(int layer) {
        return layer == 0 ? m0 : m;
    }

    /**
     * Copies the links of a node on a layer.
     *
     * @param out as long as {@link #maxLinks}
     * @return how many there are
     */
    int links(int slot, int layer, int[] out) {
        if (layer > 0) {
            int[] upper = layers[slot];
            int from = (layer - 1) * (m + 1);
            if (upper.length <= from) {
                return 0;
            }
            int count = upper[from];
            System.arraycopy(upper, from + 1, out, 0, count);
            return known(out, count);
        }
        Slots blocks = this.blocks;
        MemorySegment base = blocks.base(slot);
        long at = blocks.at(slot) + linksAt;
        int count = Math.clamp(base.get(Memory.INT, at), 0, m0);
        for (int i = 0; i < count; i++) {
            out[i] = base.get(Memory.INT, at + 4 + 4L * i);
        }
        return known(out, count);
    }

    /** Leaves out what only a damaged file can have. */
    private int known(int[] links, int count) {
        int size = this.size;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            links[kept] = links[i];
            kept += isNode(links[i], size) ? 1 : 0;
        }
        return kept;
    }

    /** Whether a slot below a size may have had a node. Those behind the first nodes, up to the end of their chunk, lie in no memory. */
    boolean isNode(int slot, int size) {
        return Integer.compareUnsigned(slot, firstSize) < 0 || (slot >= firstCapacity && slot < size);
    }

    /** Writes the links of a node on a layer. The caller holds its lock. */
    void links(int slot, int layer, int[] links, int count) {
        if (layer > 0) {
            int[] upper = layers[slot];
            int from = (layer - 1) * (m + 1);
            if (upper.length <= from) {
                return; // a node that is not on this layer, which only a damaged file leads to
            }
            System.arraycopy(links, 0, upper, from + 1, count);
            VarHandle.releaseFence();
            upper[from] = count;
            return;
        }
        Slots blocks = this.blocks;
        MemorySegment base = blocks.base(slot);
        long at = blocks.at(slot) + linksAt;
        for (int i = 0; i < count; i++) {
            base.set(Memory.INT, at + 4 + 4L * i, links[i]);
        }
        VarHandle.releaseFence(); // whoever sees the number sees the links, and the nodes they lead to
        base.set(Memory.INT, at, count);
    }

    /** Memory beside the blocks. */
    long bytes() {
        long bytes = parents.bytes() + 4L * layers.length;
        for (int[] upper : layers) {
            bytes += upper.length == 0 ? 0 : 16 + 4L * upper.length;
        }
        return bytes;
    }
}
