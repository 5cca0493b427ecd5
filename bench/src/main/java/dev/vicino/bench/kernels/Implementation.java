package dev.vicino.bench.kernels;

import dev.vicino.kernel.Kernels;

/** Which kernels are measured. */
public enum Implementation {
    /** By the Vector API. */
    SIMD,
    /** Plain loops. */
    SCALAR;

    Kernels kernels() {
        return switch (this) {
            case SIMD -> Kernels.simd();
            case SCALAR -> Kernels.scalar();
        };
    }
}
