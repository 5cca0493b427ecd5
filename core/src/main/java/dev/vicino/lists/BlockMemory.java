package dev.vicino.lists;

import dev.vicino.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory of blocks, on large pages: gives regions out and takes them back. What was taken back is given out again in smaller parts and
 * never put together; who writes all lists anew begins with another memory. Safe for use by any number of threads.
 */
final class BlockMemory implements AutoCloseable {
    /** Large pages are worth it, and little is taken that is not used. */
    private static final long CHUNK_BYTES = 8L << 20;

    private final int blockBytes;
    private final List<Memory> chunks = new ArrayList<>();
    private final TreeMap<Integer, Deque<Region>> free = new TreeMap<>();
    private long bytes;

    /** Of blocks of some bytes, which may be none. */
    BlockMemory(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** Makes room for so many blocks at once. */
    synchronized void reserve(long blocks) {
        long most = Integer.MAX_VALUE;
        for (long left = blocks; left > 0; left -= most) {
            addChunk((int) Math.min(left, most));
        }
    }

    private void addChunk(int blocks) {
        Memory chunk = Memory.allocate((long) blocks * blockBytes);
        chunks.add(chunk);
        bytes += chunk.bytes();
        give(new Region(chunk.base(), chunk.start(), blocks, blockBytes));
    }

    /** A region of so many blocks, in which anything may lie. */
    synchronized Region allocate(int blocks) {
        Map.Entry<Integer, Deque<Region>> fitting = free.ceilingEntry(blocks);
        if (fitting == null) {
            addChunk((int) Math.max(blocks, CHUNK_BYTES / Math.max(blockBytes, Long.BYTES)));
            return allocate(blocks);
        }
        Region found = fitting.getValue().pop();
        if (fitting.getValue().isEmpty()) {
            free.remove(fitting.getKey());
        }
        if (found.blocks() > blocks) {
            give(found.from(blocks));
        }
        return found.first(blocks);
    }

    /** Takes back a region that nobody reads any more. */
    synchronized void give(Region region) {
        if (region.blocks() > 0) {
            free.computeIfAbsent(region.blocks(), some -> new ArrayDeque<>()).push(region);
        }
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Frees all of it, once. */
    @Override
    public synchronized void close() {
        chunks.forEach(Memory::close);
        chunks.clear();
        free.clear();
    }
}
