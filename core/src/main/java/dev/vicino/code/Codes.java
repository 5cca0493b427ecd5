package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Makes codes by their kind. */
public final class Codes {
    private Codes() {}

    /**
     * Learns a code from vectors.
     *
     * @param kind another than {@link CodeKind.Float32}
     * @param sphere of the dot product; of no use under other metrics
     * @throws IllegalArgumentException for a kind that does not go with the form
     */
    public static Code learn(CodeKind kind, Form form, int dimension, Sphere sphere, Sample sample) {
        return switch (kind) {
            case CodeKind.Float32() -> throw noCode();
            case CodeKind.Int8() -> Int8.learn(form, dimension, sphere, sample);
            case CodeKind.RaBitQ(int bits) -> RaBitQ.learn(bits, form, dimension, sphere, sample);
        };
    }

    /** The code of the parameters in a file; null where they are not such. */
    public static @Nullable Code open(CodeKind kind, Form form, int dimension, Sphere sphere, Memory parameters) {
        float[] values = finite(parameters, 16L * (dimension + 1024));
        if (values == null) {
            return null;
        }
        return switch (kind) {
            case CodeKind.Float32() -> throw noCode();
            case CodeKind.Int8() -> Int8.open(form, dimension, sphere, values);
            case CodeKind.RaBitQ(int bits) -> RaBitQ.open(bits, form, dimension, sphere, values);
        };
    }

    private static IllegalArgumentException noCode() {
        return new IllegalArgumentException("kind = Float32, expected a code: float32 rows are compared themselves");
    }

    /** All values of some memory; null where they are too many or not finite. */
    private static float @Nullable [] finite(Memory memory, long maxBytes) {
        if (memory.bytes() % Float.BYTES != 0 || memory.bytes() > maxBytes) {
            return null;
        }
        float[] values = new float[(int) (memory.bytes() / Float.BYTES)];
        memory.get(0, values, values.length);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return null;
            }
        }
        return values;
    }
}
