package dev.vicino.code;

import dev.vicino.kernel.NibbleKernels;
import java.util.Arrays;

/** Product quantisation of 4 bits in nibbles: one plane, a group a part, filled up with parts that add nothing. */
record PartQuantiser(Codebooks codebooks, int dimension) implements NibbleQuantiser {
    @Override
    public int groups() {
        return Math.ceilDiv(codebooks.parts(), NibbleKernels.ALIGNMENT) * NibbleKernels.ALIGNMENT;
    }

    @Override
    public int planes() {
        return 1;
    }

    @Override
    public Writer writer() {
        float[] tables = new float[codebooks.parts() * codebooks.size()];
        float[] decoded = new float[dimension];
        return new Writer() {
            @Override
            public void quantise(float[] residual, byte[] nibbles) {
                codebooks.encode(residual, tables, nibbles);
                codebooks.decode(nibbles, decoded);
            }

            @Override
            public double product(float[] vector) {
                double dot = 0;
                for (int i = 0; i < dimension; i++) {
                    dot += (double) decoded[i] * vector[i];
                }
                return dot;
            }
        };
    }

    @Override
    public void decode(byte[] nibbles, float[] out) {
        codebooks.decode(nibbles, out);
    }

    @Override
    public boolean isDirection() {
        return false;
    }

    @Override
    public void tables(float[] query, float[] tables) {
        codebooks.tables(query, tables);
        Arrays.fill(tables, codebooks.parts() * NibbleKernels.LINE, tables.length, 0);
    }

    @Override
    public float bias(float[] query) {
        return 0;
    }
}
