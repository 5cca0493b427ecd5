package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Makes codes by name. */
public final class Codes {
    private Codes() {}

    /**
     * Learns a code from vectors.
     *
     * @param bits of {@link RaBitQ}; 8 for {@link Int8}
     */
    public static Code learn(int bits, Form form, int dimension, Sphere sphere, Sample sample) {
        return bits == Byte.SIZE
                ? Int8.learn(form, dimension, sphere, sample)
                : RaBitQ.learn(bits, form, dimension, sphere, sample);
    }

    /** The code of the parameters in a file; null where they are not such. */
    public static @Nullable Code open(int bits, Form form, int dimension, Sphere sphere, Memory parameters) {
        if (parameters.bytes() % Float.BYTES != 0 || parameters.bytes() > 16L * (dimension + 1024)) {
            return null;
        }
        float[] values = new float[(int) (parameters.bytes() / Float.BYTES)];
        parameters.get(0, values, values.length);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return null;
            }
        }
        return bits == Byte.SIZE
                ? Int8.open(form, dimension, sphere, values)
                : RaBitQ.open(bits, form, dimension, sphere, values);
    }
}
