package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Makes block codes by their kind. */
public final class BlockCodes {
    /** Lists need no sphere: their centroids are compared with queries, not with each other. */
    private static final Sphere NONE = new Sphere(0);

    private BlockCodes() {}

    /** Learns a code from vectors. */
    public static BlockCode learn(CodeKind kind, Form form, int dimension, Sample sample) {
        return kind instanceof CodeKind.Float32
                ? new FlatBlocks(form, dimension)
                : new RowBlocks(Codes.learn(kind, form, dimension, NONE, sample));
    }

    /** The code of the parameters in a file; null where they are not such. */
    public static @Nullable BlockCode open(CodeKind kind, Form form, int dimension, Memory parameters) {
        if (kind instanceof CodeKind.Float32) {
            return parameters.bytes() == 0 ? new FlatBlocks(form, dimension) : null;
        }
        Code code = Codes.open(kind, form, dimension, NONE, parameters);
        return code == null ? null : new RowBlocks(code);
    }
}
