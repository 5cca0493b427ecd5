package dev.vicino.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * That no kernel reads a byte beyond the last row where the machine has masked loads: behind it lies a page that nobody may touch, and
 * touching it ends the JVM.
 */
@Tag("kernel")
@EnabledOnOs(
        value = OS.LINUX,
        architectures = {"amd64", "x86_64"},
        disabledReason = "the numbers below are those of Linux; NEON has no masked loads")
@ExtendWith(Seeds.class)
final class GuardPageTest {
    /** A whole number of pages on every machine. */
    private static final long HALF = 64 << 10;

    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x02 | 0x20;
    private static final int ROWS = 3;

    /** As often as the JIT needs to compile the kernels: interpreted code reads value by value anyway. */
    private static final int ROUNDS = 200;

    @Test
    void nothingIsReadBehindTheLastRow() throws Throwable {
        long start = ((MemorySegment) call("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG)
                        .invokeExact(MemorySegment.NULL, 2 * HALF, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L))
                .address();
        try {
            int refused = (int) call("mprotect", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)
                    .invokeExact(start + HALF, HALF, PROT_NONE);
            assertThat(refused).isZero();
            readUpTo(start + HALF);
        } finally {
            int refused = (int) call("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG).invokeExact(start, 2 * HALF);
            assertThat(refused).isZero();
        }
    }

    private static void readUpTo(long end) {
        Random random = Seeds.random();
        RowKernels simd = new SimdRowKernels();
        for (int d = 1; d <= 70; d++) {
            long rowBytes = 4L * d;
            float[][] values = new float[ROWS][];
            for (int r = 0; r < ROWS; r++) {
                values[r] = Seeds.reals(random, d);
                MemorySegment.copy(values[r], 0, Memory.ALL, Memory.FLOAT, end - (ROWS - r) * rowBytes, d);
            }
            Rows rows = new Rows(Memory.ALL, end - ROWS * rowBytes, ROWS, d);
            float[] query = Seeds.reals(random, d);
            for (Sum sum : Sum.values()) {
                for (int round = 0; round < ROUNDS; round++) {
                    float[] found = sum.of(simd, query, rows, 0, ROWS);
                    assertThat(found[ROWS - 1])
                            .as("%s, d = %s", sum, d)
                            .isEqualTo(sum.inOrder(values[ROWS - 1], query));
                }
            }
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
