package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a graph: gives slots to vectors, takes them back, and frees blocks that nobody reads any more. Safe for use by any number
 * of threads.
 */
final class Space {
    private final GraphParameters parameters;
    private final RowStore rows;
    private final Graph graph;
    private final SlotSet present;
    private final Epochs epochs;
    private final Deque<Memory> memories = new ArrayDeque<>();
    private final Deque<Old> old = new ArrayDeque<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private final IntStack free = new IntStack();
    private volatile Coded coded;
    private int nextSlot;
    private boolean mapped;

    /** Slots that no list leads to since an epoch. */
    private record Retired(IntStack slots, long epoch) {}

    /** Memory that no search that began after an epoch reads. */
    private record Old(Memory memory, long epoch) {}

    /**
     * Of a graph.
     *
     * @param present the slots that are in the graph
     * @param memory of the blocks, to be freed in the end; null where it is a file
     */
    Space(
            GraphParameters parameters,
            RowStore rows,
            Graph graph,
            SlotSet present,
            Epochs epochs,
            Coded coded,
            @Nullable Memory memory) {
        this.parameters = parameters;
        this.rows = rows;
        this.graph = graph;
        this.present = present;
        this.epochs = epochs;
        this.coded = coded;
        this.nextSlot = rows.firstCapacity();
        this.mapped = memory == null;
        if (memory != null) {
            memories.add(memory);
        }
    }

    /** Memory for the blocks of so many slots. */
    static Memory blocks(GraphParameters parameters, @Nullable Code code, long slots) {
        return Memory.allocate(slots * Graph.blockBytes(parameters.m(), code == null ? 0 : code.bytes()));
    }

    /** Blocks in memory, in chunks as long as those of the rows. */
    static Slots slots(GraphParameters parameters, @Nullable Code code, int dimension, Memory memory) {
        int bytes = Graph.blockBytes(parameters.m(), code == null ? 0 : code.bytes());
        return Slots.empty(bytes, RowStore.shift(dimension)).with(memory);
    }

    Coded coded() {
        return coded;
    }

    /** A slot with a vector and its code, in the graph but with nothing that leads to it yet. */
    synchronized int allocate(float[] vector) {
        recycle();
        int slot = free.isEmpty() ? nextSlot : free.pop();
        if (slot == nextSlot) {
            grow(slot);
            nextSlot++;
        }
        rows.put(slot, vector);
        graph.layer(slot, parameters.layer(slot));
        Coded now = coded;
        if (now.code() != null) {
            now.code()
                    .encoder()
                    .encode(vector, now.blocks().base(slot), now.blocks().at(slot));
        }
        present.set(slot);
        return slot;
    }

    private void grow(int slot) {
        if (slot >= rows.capacity()) {
            Coded now = coded;
            Memory memory = Memory.allocate(now.blocks().chunkBytes());
            memories.add(memory);
            rows.grow();
            publish(new Coded(now.code(), now.sphere(), now.blocks().with(memory), now.learntFrom()));
        }
        present.reserve(rows.capacity());
        graph.grow(slot + 1);
    }

    private void publish(Coded next) {
        graph.blocks(next.blocks());
        coded = next;
    }

    /** Takes back a slot that nothing ever led to. */
    synchronized void giveBack(int slot) {
        present.clear(slot);
        free.push(slot);
    }

    /** Takes back slots that no list leads to any more, once no search can hold them. */
    synchronized void retire(IntStack slots) {
        if (!slots.isEmpty()) {
            retired.add(new Retired(slots, epochs.now()));
        }
    }

    private void recycle() {
        if (retired.isEmpty() && old.isEmpty()) {
            return;
        }
        epochs.tryPass();
        while (!retired.isEmpty() && retired.getFirst().epoch + 2 <= epochs.now()) {
            IntStack slots = retired.removeFirst().slots;
            while (!slots.isEmpty()) {
                int slot = slots.pop();
                if (rows.isWritable(slot)) {
                    free.push(slot);
                }
            }
        }
        while (!old.isEmpty() && old.getFirst().epoch + 2 <= epochs.now()) {
            Memory memory = old.removeFirst().memory;
            memories.remove(memory);
            memory.close();
        }
    }

    /** Copies mapped blocks to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    synchronized void load() {
        if (!mapped) {
            return;
        }
        Coded now = coded;
        Memory copy = blocks(parameters, now.code(), rows.firstSize());
        Slots blocks = slots(parameters, now.code(), rows.dimension(), copy);
        for (int slot = 0; slot < rows.firstSize(); slot += blocks.chunk()) {
            int some = Math.min(blocks.chunk(), rows.firstSize() - slot);
            MemorySegment.copy(
                    now.blocks().base(slot),
                    now.blocks().at(slot),
                    blocks.base(slot),
                    blocks.at(slot),
                    (long) some * blocks.bytes());
        }
        memories.add(copy);
        publish(new Coded(now.code(), now.sphere(), blocks, now.learntFrom()));
        mapped = false;
    }

    /** Puts other blocks in the place of all there are. */
    synchronized void replace(Coded next, Memory memory) {
        for (Memory superseded : memories) {
            old.add(new Old(superseded, epochs.now()));
        }
        memories.add(memory);
        publish(next);
    }

    /** Memory of the blocks. */
    synchronized long bytes() {
        long bytes = 0;
        for (Memory memory : memories) {
            bytes += memory.bytes();
        }
        return bytes;
    }

    synchronized void close() {
        memories.forEach(Memory::close);
        memories.clear();
        rows.close();
    }
}
