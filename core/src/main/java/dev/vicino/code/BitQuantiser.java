package dev.vicino.code;

import dev.vicino.kernel.NibbleKernels;

/**
 * RaBitQ in nibbles: bit p of four values that follow each other is a nibble of plane p. The values u of a row are 0 … 2^B − 1, and
 * p = u − (2^B − 1)/2.
 *
 * @param bits a value, B
 * @param size values of a turned vector, a multiple of 16
 */
record BitQuantiser(int bits, int size) implements NibbleQuantiser {
    private static final int VALUES = 4;

    @Override
    public int groups() {
        return size / VALUES;
    }

    @Override
    public int planes() {
        return bits;
    }

    @Override
    public Writer writer() {
        BitLevels levels = new BitLevels(bits, size);
        return new Writer() {
            @Override
            public void quantise(float[] residual, byte[] nibbles) {
                levels.quantise(residual);
                for (int i = 0; i < nibbles.length; i++) {
                    int plane = i / groups();
                    int first = i % groups() * VALUES;
                    int nibble = 0;
                    for (int j = 0; j < VALUES; j++) {
                        nibble |= (levels.values()[first + j] >>> plane & 1) << j;
                    }
                    nibbles[i] = (byte) nibble;
                }
            }

            @Override
            public double product(float[] vector) {
                return levels.product(vector);
            }
        };
    }

    @Override
    public void decode(byte[] nibbles, float[] out) {
        for (int i = 0; i < size; i++) {
            int value = 0;
            for (int plane = 0; plane < bits; plane++) {
                value |= (nibbles[plane * groups() + i / VALUES] >>> i % VALUES & 1) << plane;
            }
            out[i] = value - ((1 << bits) - 1) / 2f;
        }
    }

    @Override
    public boolean isDirection() {
        return true;
    }

    @Override
    public void tables(float[] query, float[] tables) {
        for (int group = 0; group < groups(); group++) {
            int table = group * NibbleKernels.LINE;
            tables[table] = 0;
            for (int j = 0; j < VALUES; j++) {
                int half = 1 << j;
                for (int i = 0; i < half; i++) {
                    tables[table + half + i] = tables[table + i] + query[group * VALUES + j];
                }
            }
        }
    }

    @Override
    public float bias(float[] query) {
        double sum = 0;
        for (float value : query) {
            sum += value;
        }
        return (float) (-((1 << bits) - 1) / 2.0 * sum);
    }
}
