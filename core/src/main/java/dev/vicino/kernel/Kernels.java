package dev.vicino.kernel;

import dev.vicino.memory.Memory;

/**
 * The inner loops, all in one version: plain loops, which are the specification, or the Vector API, which must agree with them exactly where
 * every intermediate value is a small integer, and within {@link #relativeError} otherwise.
 *
 * <p>A kernel takes a block of rows, never one, fills an array and returns no vector: one virtual call a block costs nothing, and
 * the JIT keeps the vectors in registers. Ranges are checked by assertions alone; callers check at the public edge.
 *
 * @param description what they are, for reports: {@code "scalar"} or {@code "SIMD, 512 bits"}
 */
public record Kernels(
        RowKernels rows,
        ColumnKernels columns,
        ProductKernels products,
        CodeKernels codes,
        ShortKernels shorts,
        RowGathers rowGathers,
        HalfGathers halfGathers,
        ByteGathers byteGathers,
        BitGathers bitGathers,
        NibbleKernels nibbles,
        String description) {
    /** The best for this machine, chosen once; users keep theirs in a constant, for a constant receiver lets the JIT inline the calls. */
    public static final Kernels BEST = best();

    private static Kernels best() {
        boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        if (simd && Memory.DIRECT) {
            return simd();
        }
        // Printed by whoever first needs a kernel.
        System.Logger log = System.getLogger("dev.vicino");
        log.log(
                System.Logger.Level.WARNING,
                "Vicino searches without SIMD, several times slower than it could: start Java with"
                        + " --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED");
        return scalar();
    }

    /** Plain loops, which run everywhere. */
    public static Kernels scalar() {
        return new Kernels(
                new ScalarRowKernels(),
                new ScalarColumnKernels(),
                new ScalarProductKernels(),
                new ScalarCodeKernels(),
                new ScalarShortKernels(),
                new ScalarRowGathers(),
                new ScalarHalfGathers(),
                new ScalarByteGathers(),
                new ScalarBitGathers(),
                new ScalarNibbleKernels(),
                "scalar");
    }

    /** By the Vector API, which must be there; they read absolute addresses ({@link Memory#ALL}). */
    public static Kernels simd() {
        return new Kernels(
                new SimdRowKernels(),
                new SimdColumnKernels(),
                new SimdProductKernels(),
                new SimdCodeKernels(),
                new SimdShortKernels(),
                new SimdRowGathers(),
                new SimdHalfGathers(),
                new SimdByteGathers(),
                new SimdBitGathers(),
                new SimdNibbleKernels(),
                "SIMD, " + Simd.F32.vectorBitSize() + " bits");
    }

    /**
     * A bound on the rounding error of a sum of products by any of these kernels, relative to Σ|xᵢ·qᵢ| (or to the sum itself
     * where all terms are positive): (d/16 + 5)·2⁻²⁴ for the SIMD order, d·2⁻²⁴ for any order at all, with a little to spare for
     * terms of second order (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
     */
    public static double relativeError(int dimension) {
        return (dimension + 2) * 0x1p-24 * 1.01;
    }
}
