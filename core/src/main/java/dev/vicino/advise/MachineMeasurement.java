package dev.vicino.advise;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ProductKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** Measures {@link Machine.Rates}, in about a second: each rate several times, of which the best counts, since others can only slow it down. */
final class MachineMeasurement {
    private static final int REPEATS = 5;
    private static final int BYTES = 64 << 20;
    private static final int DIMENSION = 256;
    private static final int LINE = 64;
    private static final double NANOS_A_SECOND = 1e9;

    private MachineMeasurement() {}

    static Machine.Rates measure() {
        try (Memory memory = Memory.allocate(BYTES)) {
            memory.segment().fill((byte) 1); // a page that was never written is not memory yet
            double readBytes = best(() -> BYTES / read(memory));
            double multiplyAdds = best(MachineMeasurement::multiplyAdds);
            chain(memory);
            double readLatency = -best(() -> -chase(memory));
            return new Machine.Rates(readBytes, multiplyAdds, readLatency);
        }
    }

    private static double best(DoubleSupplier rate) {
        double best = rate.getAsDouble();
        for (int i = 1; i < REPEATS; i++) {
            best = Math.max(best, rate.getAsDouble());
        }
        return best;
    }

    /** Seconds to compare a query with every row, a block at a time. */
    private static double read(Memory memory) {
        int count = BYTES / (DIMENSION * Float.BYTES);
        int block = 256;
        Rows rows = Rows.of(memory, count, DIMENSION);
        float[] query = new float[DIMENSION];
        float[] products = new float[block];
        long start = System.nanoTime();
        for (int from = 0; from < count; from += block) {
            Kernels.BEST.rows().dot(query, rows, from, block, products);
        }
        return seconds(start);
    }

    private static double multiplyAdds() {
        ProductKernels kernels = Kernels.BEST.products();
        int group = kernels.groupSize();
        int count = 16 * ProductKernels.TILE_ROWS;
        float[] queries = new float[DIMENSION * group];
        float[] rows = new float[count * DIMENSION];
        float[] products = new float[count * group];
        int times = 200;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            kernels.products(queries, 0, rows, count, DIMENSION, products);
        }
        return (double) times * count * DIMENSION * group / seconds(start);
    }

    /** Makes of every cache line the number of another one, all of them in one ring (Sattolo). */
    private static void chain(Memory memory) {
        MemorySegment lines = memory.segment();
        int count = BYTES / LINE;
        for (int i = 0; i < count; i++) {
            lines.set(Memory.INT, (long) i * LINE, i);
        }
        Random random = new Random(1);
        for (int i = count - 1; i > 0; i--) {
            long here = (long) i * LINE;
            long there = (long) random.nextInt(i) * LINE;
            int line = lines.get(Memory.INT, here);
            lines.set(Memory.INT, here, lines.get(Memory.INT, there));
            lines.set(Memory.INT, there, line);
        }
    }

    /** Nanoseconds a step around the ring. */
    private static double chase(Memory memory) {
        int steps = 200_000;
        int at = 0;
        long start = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            at = memory.base().get(Memory.INT, memory.start() + (long) at * LINE);
        }
        double nanos = seconds(start) * NANOS_A_SECOND / steps;
        if (at < 0) {
            throw new IllegalStateException("line = " + at + ", expected 0 or more"); // and the loop is not left out
        }
        return nanos;
    }

    private static double seconds(long start) {
        return Math.max(1, System.nanoTime() - start) / NANOS_A_SECOND;
    }
}
