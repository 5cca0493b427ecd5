package dev.vicino.bench.kernels;

import dev.vicino.kernel.ProductKernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Products a second of a block of rows with a group of queries, and the floating-point operations in them, in the cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductKernel {
    private static final int ROWS = 8 * ProductKernels.TILE_ROWS;

    /** What is measured. */
    @Param
    @SuppressWarnings("NullAway.Init") // JMH sets it
    public Implementation implementation;

    /** d. */
    @Param({"128", "384", "768", "1536"})
    public int dimension;

    @SuppressWarnings("NullAway.Init")
    private ProductKernels kernels;

    private float[] queries = {};
    private float[] rows = {};
    private float[] out = {};

    /** A counter beside the score. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        /** Floating-point operations: two for each multiply-add. */
        public long flops;
    }

    /** Makes rows and queries. */
    @Setup
    public void setUp() {
        kernels = implementation.kernels().products();
        queries = new float[dimension * kernels.groupSize()];
        rows = new float[dimension * ROWS];
        out = new float[ROWS * kernels.groupSize()];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = (i % 17) / 17f;
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i % 19) / 19f;
        }
    }

    /** The tile of the matrix product, over all tiles of the block. */
    @Benchmark
    public float[] products(Work work) {
        kernels.products(queries, 0, rows, ROWS, dimension, out);
        work.flops += 2L * ROWS * kernels.groupSize() * dimension;
        return out;
    }
}
