package dev.vicino;

import dev.vicino.code.Code;
import dev.vicino.code.Codes;
import dev.vicino.code.Loss;
import dev.vicino.code.Sphere;
import java.lang.foreign.MemorySegment;

/**
 * A code by itself, without an index: vectors in fewer bytes, and back.
 *
 * <pre>{@code
 * VectorCode code = VectorCode.train(new IndexSpec.Product(Rotation.NONE, 48, 8, false), Metric.L2, vectors);
 * byte[] bytes = code.encode(vector);
 * float[] about = code.decode(bytes);
 * }</pre>
 *
 * <p>Under cosine vectors are coded as if they had length 1, and come back so. Immutable; any number of threads may use it.
 */
public final class VectorCode {
    private final Metric metric;
    private final int dimension;
    private final Code code;

    private VectorCode(Metric metric, int dimension, Code code) {
        this.metric = metric;
        this.dimension = dimension;
        this.code = code;
    }

    /**
     * Learns a code from vectors, on all processors. The vectors stay the caller's.
     *
     * @param code any but float32 itself, and none of residuals, which are those of lists
     * @throws IllegalArgumentException for such a code, or one that does not go with the metric or the dimension
     */
    public static VectorCode train(IndexSpec.Code code, Metric metric, Vectors vectors) {
        if (code instanceof IndexSpec.Float32 || IndexSpec.isResidual(code)) {
            throw new IllegalArgumentException(
                    "code = " + code + ", expected FP16, SQ8, PQ<m>, PQ<m>x4fs or RaBitQ<bits>");
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Code learnt = Codes.learn(
                CodeKinds.of(code), metric.form(), vectors.dimension(), new Sphere(0), vectors.sample(), threads);
        return new VectorCode(metric, vectors.dimension(), learnt);
    }

    /** Bytes of a coded vector, with the few that comparing it takes beside what it stands for. */
    public int bytes() {
        return code.bytes();
    }

    /**
     * Codes a vector.
     *
     * @throws IllegalArgumentException for another dimension or a value that is not finite
     */
    public byte[] encode(float[] vector) {
        Arguments.checkVector("vector", vector, dimension);
        byte[] bytes = new byte[bytes()];
        code.encoder().encode(vector, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    /**
     * The vector that a code stands for.
     *
     * @throws IllegalArgumentException for another number of bytes
     */
    public float[] decode(byte[] bytes) {
        if (bytes.length != bytes()) {
            throw new IllegalArgumentException("bytes.length = " + bytes.length + ", expected " + bytes());
        }
        float[] vector = new float[dimension];
        code.decode(MemorySegment.ofArray(bytes), 0, vector);
        return vector;
    }

    /**
     * The mean of ‖x − x′‖² over vectors, x′ being what their code stands for.
     *
     * @throws IllegalArgumentException for another dimension or a value that is not finite
     */
    public double loss(Vectors vectors) {
        if (vectors.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "vectors have dimension " + vectors.dimension() + ", expected " + dimension);
        }
        for (int i = 0; i < vectors.size(); i++) {
            Arguments.checkVector("row " + i, vectors.row(i), dimension);
        }
        return Loss.ofAll(code, metric.form(), dimension, vectors.sample());
    }
}
