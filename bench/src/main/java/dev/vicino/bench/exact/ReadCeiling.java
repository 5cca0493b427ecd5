package dev.vicino.bench.exact;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.vicino.bench.data.DataSet;
import dev.vicino.memory.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The read bandwidth of one thread, or of several that have a part of the rows each: sums, by the Vector API, as many floats as the
 * rows have, in memory allocated as the rows of an index are. A query has to read them once.
 */
final class ReadCeiling implements Ceiling, AutoCloseable {
    private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
    private static final MemorySegment ALL = Memory.ALL;
    private static final double NANOS_A_SECOND = 1e9;

    /** A call of the loop: small, so that it is compiled soon. */
    private static final long BLOCK_BYTES = 1 << 18;

    private final Memory memory;

    /** For the rows of a data set. */
    ReadCeiling(DataSet data) {
        memory = Memory.allocate((long) data.vectors() * data.dimension() * Float.BYTES);
        memory.segment().fill((byte) 1); // a page that was never written is not memory yet
    }

    @Override
    public String name() {
        return "reading the rows";
    }

    @Override
    public double billions(Call call) {
        return 1e-9 * memory.bytes() * call.queries();
    }

    @Override
    public String unit() {
        return "GB/s";
    }

    @Override
    public double seconds(Call call, int passes) throws IOException {
        int threads = call.threads();
        int repeats = passes * call.queries();
        float[] sums = new float[threads];
        Thread[] others = new Thread[threads - 1];
        long start = System.nanoTime();
        for (int i = 0; i < others.length; i++) {
            int part = i + 1;
            others[i] = new Thread(() -> sums[part] = sum(part, threads, repeats));
            others[i].start();
        }
        sums[0] = sum(0, threads, repeats);
        try {
            for (Thread other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while other threads read", e);
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        for (float sum : sums) {
            if (!(sum > 0)) {
                throw new IllegalStateException("sum = " + sum + ", expected above 0");
            }
        }
        return seconds;
    }

    /** The sum of a part of the memory, so many times. */
    private float sum(int part, int parts, int repeats) {
        long blocks = Math.ceilDiv(memory.bytes(), BLOCK_BYTES);
        long from = blocks * part / parts * BLOCK_BYTES;
        long to = Math.min(blocks * (part + 1) / parts * BLOCK_BYTES, memory.bytes());
        float sum = from < to ? 0 : 1; // fewer blocks than parts: nothing to read
        for (int i = 0; i < repeats; i++) {
            for (long at = from; at < to; at += BLOCK_BYTES) {
                sum += sum(memory.start() + at, Math.min(BLOCK_BYTES, to - at));
            }
        }
        return sum;
    }

    /** One sum, strictly in order, which the prefetcher likes best from memory; several are faster only from the cache. */
    private static float sum(long address, long bytes) {
        FloatVector sums = FloatVector.zero(F32);
        int vectors = (int) (bytes / F32.vectorByteSize()); // the rest of a block is too little to matter
        long at = address;
        for (int i = 0; i < vectors; i++, at += F32.vectorByteSize()) {
            sums = sums.add(FloatVector.fromMemorySegment(F32, ALL, at, LITTLE_ENDIAN));
        }
        return sums.reduceLanes(VectorOperators.ADD);
    }

    /** What it has allocated. */
    long bytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        memory.close();
    }
}
