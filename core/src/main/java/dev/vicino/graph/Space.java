package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.Retirement;
import dev.vicino.rows.RowStore;
import dev.vicino.rows.SlotSet;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a graph: gives slots to vectors, takes them back, and frees blocks that nobody reads any more. Safe for use by any number
 * of threads.
 */
/* Concurrency.
 *
 * This object's own lock guards all its fields, and the writing of RowStore: rows are written, and chunks added, while a slot is allocated
 * and at no other time. Searches read coded and present without it. Of the two who may write present and call Epochs.tryPass, one allocates,
 * holding this lock and sharing that of Changes, the other takes out, holding that of Changes alone: so it is one at a time.
 *
 * A slot that was taken out is used again only after no list leads to it any more (retire) and no search can hold it any more (Epochs).
 */
final class Space {
    private final GraphParameters parameters;
    private final RowStore rows;
    private final Graph graph;
    private final SlotSet present;
    private final Deque<Memory> memories = new ArrayDeque<>();
    /** Memory that was replaced. */
    private final Retirement<Memory> old;
    /** Slots that no list leads to. */
    private final Retirement<IntStack> retired;

    private final IntStack free = new IntStack();
    private volatile Coded coded;
    private int nextSlot;
    private boolean mapped;

    /**
     * Of a graph.
     *
     * @param memory of the blocks, to be freed in the end; null where it is a file
     */
    Space(GraphParameters parameters, RowStore rows, Graph graph, Epochs epochs, Coded coded, @Nullable Memory memory) {
        this.parameters = parameters;
        this.rows = rows;
        this.graph = graph;
        this.present = SlotSet.first(rows);
        this.old = new Retirement<>(epochs);
        this.retired = new Retirement<>(epochs);
        this.coded = coded;
        this.nextSlot = rows.firstCapacity();
        this.mapped = memory == null;
        if (memory != null) {
            memories.add(memory);
        }
    }

    /** Memory for the blocks of so many slots. */
    static Memory blocks(GraphParameters parameters, Learnt learnt, long slots) {
        return Memory.allocate(slots * Graph.blockBytes(parameters.m(), learnt.codeBytes()));
    }

    /** Blocks in memory, in chunks as long as those of the rows. */
    static Slots slots(GraphParameters parameters, Learnt learnt, int dimension, Memory memory) {
        int bytes = Graph.blockBytes(parameters.m(), learnt.codeBytes());
        return Slots.empty(bytes, RowStore.shift(dimension)).with(memory);
    }

    /** The slots that are in the graph: alive, or to be so in a moment, or left by an update until no search needs them. */
    SlotSet present() {
        return present;
    }

    /** The blocks as they are now. */
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
        Code code = now.learnt().code();
        if (code != null) {
            code.encoder().encode(vector, now.blocks().base(slot), now.blocks().at(slot));
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
            publish(now.with(now.blocks().with(memory)));
        }
        present.reserve(rows.capacity());
        graph.grow(slot + 1);
    }

    private void publish(Coded next) {
        graph.blocks(next.blocks());
        coded = next;
    }

    /** Takes a slot out of the graph. The caller is alone. */
    void takeOut(int slot) {
        present.clear(slot);
    }

    /** Takes back slots that no list leads to any more, once no search can hold them. */
    synchronized void retire(IntStack slots) {
        if (!slots.isEmpty()) {
            retired.add(slots);
        }
    }

    private void recycle() {
        retired.release(slots -> {
            while (!slots.isEmpty()) {
                int slot = slots.pop();
                if (rows.isWritable(slot)) {
                    free.push(slot);
                }
            }
        });
        old.release(memory -> {
            memories.remove(memory);
            memory.close();
        });
    }

    /** Copies mapped blocks to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    synchronized void load() {
        if (!mapped) {
            return;
        }
        Coded now = coded;
        Memory copy = blocks(parameters, now.learnt(), rows.firstSize());
        Slots blocks = slots(parameters, now.learnt(), rows.dimension(), copy);
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
        publish(now.with(blocks));
        mapped = false;
    }

    /** Writes all codes anew, into other blocks with the same links. The caller is alone; searches go on. */
    void encodeAnew(Learnt learnt) {
        Coded now = coded;
        Memory memory = blocks(parameters, learnt, rows.capacity());
        Slots blocks = slots(parameters, learnt, rows.dimension(), memory);
        Code.Encoder encoder = learnt.code() == null ? null : learnt.code().encoder();
        float[] row = new float[rows.dimension()];
        for (int slot = 0; slot < graph.size(); slot++) { // removed ones too: links may still lead to them
            if (!rows.isUsable(slot)) {
                continue;
            }
            MemorySegment base = blocks.base(slot);
            MemorySegment.copy(now.blocks().base(slot), now.blocks().at(slot), base, blocks.at(slot), blocks.bytes());
            if (encoder != null) {
                rows.get(slot, row);
                encoder.encode(row, base, blocks.at(slot));
            }
        }
        replace(new Coded(learnt, blocks), memory);
    }

    private synchronized void replace(Coded next, Memory memory) {
        for (Memory superseded : memories) {
            old.add(superseded);
        }
        memories.add(memory);
        publish(next);
    }

    /** Memory of the blocks, and of what is known of slots. */
    synchronized long bytes() {
        long bytes = present.bytes();
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
