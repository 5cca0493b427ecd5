package dev.vicino.code;

/** How far products with quantised residuals are off, tried on rows that were learnt from. */
final class ProductError {
    private static final int MAX_ROWS = 500;
    private static final int OTHERS = 8;

    private final NibbleQuantiser.Writer writer;

    ProductError(NibbleQuantiser.Writer writer) {
        this.writer = writer;
    }

    /**
     * The deviation of ⟨p, v⟩ from ⟨r, v⟩/s ({@link Residual}) for a v of length 1; so large that no estimate is trusted where there are too
     * few rows to say.
     */
    float of(TrainingRows rows) {
        float[] row = new float[rows.dimension()];
        float[] other = new float[rows.dimension()];
        byte[] nibbles = new byte[2 * BitLevels.MAX_BITS * rows.dimension()];
        int some = Math.min(rows.size(), MAX_ROWS);
        double sum = 0;
        int count = 0;
        for (int i = 0; i < some; i++) {
            rows.get((int) ((long) i * rows.size() / some), row);
            writer.quantise(row, nibbles);
            double scale = product(row, row) / writer.product(row);
            for (int j = 1; j <= OTHERS && scale > 0 && scale < Double.POSITIVE_INFINITY; j++) {
                rows.get((int) ((long) ((i + j * some / (OTHERS + 1)) % some) * rows.size() / some), other);
                double square = product(other, other);
                double off = writer.product(other) - product(row, other) / scale;
                sum += square > 0 ? off * off / square : 0;
                count += square > 0 ? 1 : 0;
            }
        }
        float error = (float) Math.sqrt(sum / count);
        return Float.isFinite(error) && some > OTHERS ? error : Float.MAX_VALUE;
    }

    private static double product(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }
}
