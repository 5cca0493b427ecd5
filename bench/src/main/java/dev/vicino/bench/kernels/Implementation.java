package dev.vicino.bench.kernels;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ScalarKernels;
import dev.vicino.kernel.SimdKernels;

/** Which kernels are measured. */
public enum Implementation {
    /** By the Vector API. */
    SIMD,
    /** Plain loops. */
    SCALAR;

    Kernels kernels() {
        return switch (this) {
            case SIMD -> new SimdKernels();
            case SCALAR -> new ScalarKernels();
        };
    }
}
