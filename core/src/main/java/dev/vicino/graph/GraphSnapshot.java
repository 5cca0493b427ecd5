package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.Loss;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.RowSnapshot;
import dev.vicino.rows.RowStore;
import dev.vicino.rows.Snapshot;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A graph as it is written to a file, its points renumbered from 0 on in the order of their slots. Sections, beside those of {@link RowSnapshot}:
 *
 * <pre>
 * graph.head     int32 slot of the entry, int32 its layer, int32 root, float32 radius of the sphere
 * graph.blocks   n blocks: code, int32 number of links, 2m int32 links; filled up to a multiple of 64 bytes
 * graph.upper    of each node above layer 0: int32 slot, int32 its layer, and a layer int32 number of links and m int32 links
 * graph.parents  n int32; −1 for the root
 * graph.reach    float32 mean distances to the neighbours of the ranks of {@link Reach}
 * code           float32 parameters of the code, where there is one
 * code.loss      float64 what it loses, of {@link Loss}, unless there was nothing to try it on
 * </pre>
 */
final class GraphSnapshot implements Snapshot {
    static final String HEAD = "graph.head";
    static final String BLOCKS = "graph.blocks";
    static final String UPPER = "graph.upper";
    static final String PARENTS = "graph.parents";
    static final String REACH = "graph.reach";
    static final String CODE = "code";
    static final int HEAD_BYTES = 16;

    private final GraphParameters parameters;
    private final RowStore rows;
    private final IdTable ids;
    private final Graph graph;
    private final Learnt learnt;
    private final Reach reach;
    private final int[] slots;
    private final int[] places;

    GraphSnapshot(Parts parts, Reach reach, int[] slots) {
        this.parameters = parts.parameters();
        this.rows = parts.rows();
        this.ids = parts.points().ids();
        this.graph = parts.graph();
        this.learnt = parts.space().coded().learnt();
        this.reach = reach;
        this.slots = slots;
        this.places = new int[graph.size()];
        Arrays.fill(places, Graph.NONE);
        for (int i = 0; i < slots.length; i++) {
            places[slots[i]] = i;
        }
    }

    @Override
    public int size() {
        return slots.length;
    }

    @Override
    public void addTo(IndexFileWriter writer) {
        new RowSnapshot(rows, ids, slots).addTo(writer);
        writer.section(HEAD, head())
                .section(BLOCKS, (long) slots.length * graph.blocks().bytes(), this::blocks)
                .section(UPPER, upper())
                .section(PARENTS, parents())
                .section(REACH, RowSnapshot.bytes(reach.means()));
        Code code = learnt.code();
        if (code != null) {
            writer.section(CODE, RowSnapshot.bytes(code.parameters()));
            Loss.addTo(writer, learnt.loss());
        }
    }

    private interface Part {
        MemorySegment of(int slot);
    }

    private Iterator<MemorySegment> each(Part part) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < slots.length;
            }

            @Override
            public MemorySegment next() {
                return part.of(slots[next++]);
            }
        };
    }

    private MemorySegment head() {
        Graph.Entry entry = graph.entry();
        int[] head = {
            entry == null ? Graph.NONE : places[entry.slot()],
            entry == null ? 0 : entry.layer(),
            graph.root() == Graph.NONE ? Graph.NONE : places[graph.root()],
            Float.floatToRawIntBits(learnt.sphere().radius())
        };
        return RowSnapshot.bytes(head, head.length);
    }

    private Iterator<MemorySegment> blocks() {
        Slots blocks = graph.blocks();
        MemorySegment block = MemorySegment.ofArray(new byte[blocks.bytes()]);
        int[] links = new int[graph.m0()];
        return each(slot -> {
            MemorySegment.copy(blocks.base(slot), blocks.at(slot), block, 0, blocks.bytes());
            int count = kept(links, graph.links(slot, 0, links));
            block.set(Memory.INT, graph.linksAt(), count);
            for (int i = 0; i < graph.m0(); i++) {
                block.set(Memory.INT, graph.linksAt() + 4L + 4L * i, i < count ? links[i] : 0);
            }
            return block;
        });
    }

    /** Renumbers links and leaves out those to nodes that are not there any more. */
    private int kept(int[] links, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int place = places[links[i]];
            if (place != Graph.NONE) {
                links[kept++] = place;
            }
        }
        return kept;
    }

    private MemorySegment upper() {
        int[] all = new int[1024];
        int size = 0;
        int m = parameters.m();
        int[] links = new int[graph.m0()];
        for (int i = 0; i < slots.length; i++) {
            int layers = graph.layer(slots[i]);
            int wanted = layers == 0 ? 0 : 2 + layers * (m + 1);
            while (size + wanted > all.length) {
                all = Arrays.copyOf(all, Math.multiplyExact(2, all.length));
            }
            if (layers > 0) {
                all[size] = i;
                all[size + 1] = layers;
                for (int layer = 1; layer <= layers; layer++) {
                    int at = size + 2 + (layer - 1) * (m + 1);
                    int count = kept(links, graph.links(slots[i], layer, links));
                    all[at] = count;
                    System.arraycopy(links, 0, all, at + 1, count);
                }
            }
            size += wanted;
        }
        return RowSnapshot.bytes(all, size);
    }

    private MemorySegment parents() {
        int[] parents = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            int parent = graph.parent(slots[i]);
            parents[i] = parent == Graph.NONE ? Graph.NONE : places[parent];
        }
        return RowSnapshot.bytes(parents, parents.length);
    }
}
