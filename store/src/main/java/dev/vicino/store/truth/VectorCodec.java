package dev.vicino.store.truth;

import dev.vicino.store.point.VectorValue;
import dev.vicino.store.point.VectorValue.Dense;
import dev.vicino.store.point.VectorValue.Sparse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Vectors as bytes, little-endian: one byte that says which sort it is, 0 dense or 1 sparse; of a sparse one the dimensions, int32; the
 * values, float32.
 */
public final class VectorCodec {
    private static final byte DENSE = 0;
    private static final byte SPARSE = 1;

    private VectorCodec() {}

    /** Writes a vector. */
    public static byte[] write(VectorValue vector) {
        return switch (vector) {
            case Dense(float[] values) -> {
                byte[] bytes = new byte[1 + Float.BYTES * values.length];
                putValues(littleEndian(bytes).put(DENSE), values);
                yield bytes;
            }
            case Sparse(int[] indices, float[] values) -> {
                byte[] bytes = new byte[1 + 2 * Integer.BYTES * indices.length];
                ByteBuffer buffer = littleEndian(bytes).put(SPARSE);
                for (int index : indices) {
                    buffer.putInt(index);
                }
                putValues(buffer, values);
                yield bytes;
            }
        };
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void putValues(ByteBuffer buffer, float[] values) {
        buffer.asFloatBuffer().put(values);
    }

    /** Reads what {@link #write} wrote; a checksum has said that it did. */
    public static VectorValue read(byte[] bytes) {
        ByteBuffer buffer = littleEndian(bytes);
        boolean dense = buffer.get() == DENSE;
        int length = buffer.remaining() / (dense ? Float.BYTES : 2 * Float.BYTES);
        int[] indices = new int[dense ? 0 : length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = buffer.getInt();
        }
        float[] values = new float[length];
        buffer.asFloatBuffer().get(values);
        return dense ? new Dense(values) : new Sparse(indices, values);
    }
}
