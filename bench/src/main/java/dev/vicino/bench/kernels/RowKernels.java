package dev.vicino.bench.kernels;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds that a query takes with one row, in blocks as the plain scan reads them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RowKernels.BLOCK_ROWS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowKernels {
    static final int BLOCK_ROWS = 64;

    /** Beyond every cache. */
    private static final long MEMORY_BYTES = 256L << 20;

    private static final int REPEAT = 4096;

    /** What is measured. */
    @Param
    @SuppressWarnings("NullAway.Init") // JMH sets it
    public Implementation implementation;

    /** Where the rows are read from. */
    @Param
    @SuppressWarnings("NullAway.Init")
    public Place place;

    /** d. */
    @Param({"128", "384", "768", "1536"})
    public int dimension;

    @SuppressWarnings("NullAway.Init")
    private Kernels kernels;

    @SuppressWarnings("NullAway.Init")
    private Memory memory;

    @SuppressWarnings("NullAway.Init")
    private Rows rows;

    private float[] query = {};
    private final float[] out = new float[BLOCK_ROWS];
    private int next;

    /** Where rows are read from. */
    public enum Place {
        /** The same block again and again. */
        CACHE,
        /** One block after the other. */
        MEMORY
    }

    /** Makes the rows and the query. */
    @Setup(Level.Trial)
    public void setUp() {
        kernels = implementation.kernels();
        int blocks = place == Place.CACHE ? 1 : (int) (MEMORY_BYTES / (4L * dimension * BLOCK_ROWS));
        memory = Memory.allocate(4L * dimension * BLOCK_ROWS * blocks);
        rows = Rows.of(memory, BLOCK_ROWS * blocks, dimension);
        var random = new SplittableRandom(1);
        float[] values = new float[REPEAT];
        for (int i = 0; i < REPEAT; i++) {
            values[i] = (float) random.nextGaussian();
        }
        for (long i = 0; i < memory.bytes() / Float.BYTES; i++) {
            memory.put(i, values[(int) (i % REPEAT)]);
        }
        query = new float[dimension];
        System.arraycopy(values, 1, query, 0, dimension);
    }

    /** Frees the rows. */
    @TearDown(Level.Trial)
    public void tearDown() {
        memory.close();
    }

    private int nextBlock() {
        int block = next;
        next = block + BLOCK_ROWS == rows.size() ? 0 : block + BLOCK_ROWS;
        return block;
    }

    /** x·q. */
    @Benchmark
    public float[] dot() {
        kernels.rows().dot(query, rows, nextBlock(), BLOCK_ROWS, out);
        return out;
    }

    /** Σ(xᵢ−qᵢ)². */
    @Benchmark
    public float[] squaredL2() {
        kernels.rows().squaredL2(query, rows, nextBlock(), BLOCK_ROWS, out);
        return out;
    }

    /** Σ|xᵢ−qᵢ|. */
    @Benchmark
    public float[] l1() {
        kernels.rows().l1(query, rows, nextBlock(), BLOCK_ROWS, out);
        return out;
    }
}
