package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Makes block codes by their kind. */
public final class BlockCodes {
    /** Lists need no sphere: their centroids are compared with queries, not with each other. */
    private static final Sphere NONE = new Sphere(0);

    private BlockCodes() {}

    /**
     * Learns a code from vectors.
     *
     * @param sample vectors and the origins they are relative to
     * @throws IllegalArgumentException for a kind that does not go with the form
     */
    public static BlockCode learn(CodeKind kind, Form form, int dimension, Sample sample, int threads) {
        Codes.check(kind, form, dimension);
        return switch (kind) {
            case CodeKind.Float32() -> new FlatBlocks(form, dimension);
            case CodeKind.RaBitQ(int bits) -> learnBits(bits, form, dimension, sample);
            case CodeKind.Product product
            when product.bits() == 4 ->
                NibbleBlocks.ofParts(
                        form,
                        dimension,
                        ProductParameters.learn(product, form, dimension, sample, product.residual(), threads));
            case CodeKind.Projected(int turned, CodeKind inner) -> {
                Projection projection = Projection.learn(turned, form, dimension, sample);
                BlockCode code = learn(inner, form, turned, projection.sample(sample), threads);
                yield new ProjectedBlocks(form, projection, code);
            }
            default -> new RowBlocks(Codes.learn(kind, form, dimension, NONE, sample, threads));
        };
    }

    private static BlockCode learnBits(int bits, Form form, int dimension, Sample sample) {
        Rotation rotation = new Rotation(dimension, RaBitQ.SEED);
        BitQuantiser quantiser = new BitQuantiser(bits, rotation.turned());
        try (TrainingRows rows = TrainingRows.of(form, dimension, sample, RaBitQ.MAX_ROWS_LEARNT, true);
                TrainingRows turned = rows.turned(rotation)) {
            float error = new ProductError(quantiser.writer()).of(turned);
            return NibbleBlocks.ofBits(form, dimension, rotation, bits, error);
        }
    }

    /** The code of the parameters in a file; null where they are not such. */
    public static @Nullable BlockCode open(CodeKind kind, Form form, int dimension, Memory parameters) {
        float[] values = Codes.finite(parameters);
        return values == null ? null : open(kind, form, dimension, values);
    }

    private static @Nullable BlockCode open(CodeKind kind, Form form, int dimension, float[] values) {
        return switch (kind) {
            case CodeKind.Float32() -> values.length == 0 ? new FlatBlocks(form, dimension) : null;
            case CodeKind.RaBitQ(int bits) -> openBits(bits, form, dimension, values);
            case CodeKind.Product product when product.bits() == 4 -> openParts(product, form, dimension, values);
            case CodeKind.Projected(int turned, CodeKind inner) -> {
                Projection projection = Projection.open(turned, dimension, values);
                BlockCode code = projection == null ? null : open(inner, form, turned, projection.others(values));
                yield projection == null || code == null ? null : new ProjectedBlocks(form, projection, code);
            }
            default -> {
                Code code = Codes.open(kind, form, dimension, NONE, values);
                yield code == null ? null : new RowBlocks(code);
            }
        };
    }

    private static @Nullable BlockCode openBits(int bits, Form form, int dimension, float[] values) {
        return values.length != 1
                ? null
                : NibbleBlocks.ofBits(form, dimension, new Rotation(dimension, RaBitQ.SEED), bits, values[0]);
    }

    private static @Nullable BlockCode openParts(CodeKind.Product kind, Form form, int dimension, float[] values) {
        ProductParameters read = ProductParameters.open(kind, dimension, kind.residual(), values);
        return read == null ? null : NibbleBlocks.ofParts(form, dimension, read);
    }
}
