package dev.vicino.code;

/** Whether vectors have drifted from the centre that a code is relative to. */
final class Drifted {
    private Drifted() {}

    /**
     * Whether the mean lies off the centre by the fifth part of the variance, which makes errors that go with the distance from the centre a
     * tenth larger than they need be.
     *
     * @param square the mean of the squared lengths
     */
    static boolean from(float[] centre, double[] mean, double square) {
        double off = 0;
        double length = 0;
        for (int i = 0; i < centre.length; i++) {
            off += (mean[i] - centre[i]) * (mean[i] - centre[i]);
            length += mean[i] * mean[i];
        }
        return off > (square - length) / 5;
    }
}
