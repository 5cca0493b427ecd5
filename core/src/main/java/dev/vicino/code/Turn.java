package dev.vicino.code;

/**
 * A linear map that vectors go through before they are coded: a rotation, or a projection that loses little. Products of turned vectors
 * are about those of the vectors. Immutable; any number of threads may use it.
 */
interface Turn {
    /** Values of a turned vector. */
    int turned();

    /**
     * Turns d values.
     *
     * @param out as many as {@link #turned}
     * @param scratch as many too, overwritten
     */
    void turn(float[] vector, float[] out, float[] scratch);

    /**
     * Turns a turned vector back.
     *
     * @param turned overwritten
     * @param out d values
     */
    void back(float[] turned, float[] out);

    /** What was learnt, as {@link Turns#open} reads it. */
    default float[] parameters() {
        return new float[0];
    }

    /** Leaves vectors as they are. */
    static Turn none(int dimension) {
        return new Turn() {
            @Override
            public int turned() {
                return dimension;
            }

            @Override
            public void turn(float[] vector, float[] out, float[] scratch) {
                System.arraycopy(vector, 0, out, 0, dimension);
            }

            @Override
            public void back(float[] turned, float[] out) {
                System.arraycopy(turned, 0, out, 0, dimension);
            }
        };
    }
}
