package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Makes codes by their kind. */
public final class Codes {
    /** Of parameters: as many as an array holds, with room to spare. */
    private static final long MAX_BYTES = 1L << 32;

    private Codes() {}

    /**
     * Learns a code from vectors.
     *
     * @param kind another than {@link CodeKind.Float32}
     * @param sphere of the dot product; of no use under other metrics
     * @throws IllegalArgumentException for a kind that does not go with the form or the dimension
     */
    public static Code learn(CodeKind kind, Form form, int dimension, Sphere sphere, Sample sample, int threads) {
        check(kind, form, dimension);
        return switch (kind) {
            case CodeKind.Float32() -> throw noCode();
            case CodeKind.Float16() -> Float16.learn(form, dimension, sphere, sample);
            case CodeKind.Int8() -> Int8.learn(form, dimension, sphere, sample);
            case CodeKind.RaBitQ(int bits) -> RaBitQ.learn(bits, form, dimension, sphere, sample);
            case CodeKind.Projected(int turned, CodeKind inner) -> {
                Projection projection = Projection.learn(turned, form, dimension, sample);
                Code code = learn(inner, form, turned, sphere, projection.sample(sample), threads);
                yield new ProjectedCode(form, projection, code);
            }
            case CodeKind.Product product ->
                new ProductCode(
                        form,
                        dimension,
                        sphere,
                        ProductParameters.learn(product, form, dimension, sample, product.residual(), threads));
        };
    }

    /**
     * Refuses what does not go together.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    static void check(CodeKind kind, Form form, int dimension) {
        boolean byProducts = kind instanceof CodeKind.RaBitQ
                || kind instanceof CodeKind.Product
                || kind instanceof CodeKind.Projected;
        if (form == Form.L1 && byProducts) {
            throw new IllegalArgumentException(
                    "code = " + name(kind) + ", expected Flat, FP16 or SQ8 under l1, whose distances are no products");
        }
        if (kind instanceof CodeKind.Projected(int turned, CodeKind inner) && turned > dimension) {
            throw new IllegalArgumentException(
                    "code = " + name(kind) + ", expected at most one component a value, PCA" + dimension);
        }
        if (kind instanceof CodeKind.Product product && product.parts() > dimension) {
            throw new IllegalArgumentException(
                    "code = " + name(kind) + ", expected at most one part a value, PQ" + dimension);
        }
    }

    private static String name(CodeKind kind) {
        return switch (kind) {
            case CodeKind.Float32() -> "Flat";
            case CodeKind.Float16() -> "FP16";
            case CodeKind.Int8() -> "SQ8";
            case CodeKind.RaBitQ(int bits) -> bits == 1 ? "RaBitQ" : "RaBitQ" + bits;
            case CodeKind.Product product -> "PQ" + product.parts();
            case CodeKind.Projected(int turned, CodeKind inner) -> "PCA" + turned + "," + name(inner);
        };
    }

    /** The code of the parameters in a file; null where they are not such. */
    public static @Nullable Code open(CodeKind kind, Form form, int dimension, Sphere sphere, Memory parameters) {
        float[] values = finite(parameters);
        return values == null ? null : open(kind, form, dimension, sphere, values);
    }

    /** The code of parameters that are finite; null where they are not such. */
    static @Nullable Code open(CodeKind kind, Form form, int dimension, Sphere sphere, float[] values) {
        return switch (kind) {
            case CodeKind.Float32() -> throw noCode();
            case CodeKind.Float16() -> Float16.open(form, dimension, sphere, values);
            case CodeKind.Int8() -> Int8.open(form, dimension, sphere, values);
            case CodeKind.RaBitQ(int bits) -> RaBitQ.open(bits, form, dimension, sphere, values);
            case CodeKind.Product product -> {
                ProductParameters read = ProductParameters.open(product, dimension, product.residual(), values);
                yield read == null ? null : new ProductCode(form, dimension, sphere, read);
            }
            case CodeKind.Projected(int turned, CodeKind inner) -> {
                Projection projection = Projection.open(turned, dimension, values);
                Code code = projection == null ? null : open(inner, form, turned, sphere, projection.others(values));
                yield projection == null || code == null ? null : new ProjectedCode(form, projection, code);
            }
        };
    }

    private static IllegalArgumentException noCode() {
        return new IllegalArgumentException("kind = Float32, expected a code: float32 rows are compared themselves");
    }

    /** All values of some memory; null where they are no floats, too many or not finite. */
    static float @Nullable [] finite(Memory memory) {
        if (memory.bytes() % Float.BYTES != 0 || memory.bytes() > MAX_BYTES) {
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
