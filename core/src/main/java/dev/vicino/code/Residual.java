package dev.vicino.code;

import dev.vicino.scan.Distances.Form;

/**
 * A vector as it differs from an origin, turned, and what its distances from queries are made of. With x the vector, of length 1 under
 * cosine, c the origin, r = x − c, q a query and p what is left of r when it was quantised, ⟨r, q − c⟩ is estimated by s·⟨p, q − c⟩, with
 * s = ‖r‖²/⟨p, r⟩ so that what lies in the direction of r is right. Then
 *
 * <pre>
 * ‖q − x‖² = ‖q − c‖² + ‖r‖² − 2⟨r, q − c⟩ ≈ ‖q − c‖² + a + f·⟨p, q⟩,   f = −2s,  a = ‖r‖² − f·⟨p, c⟩
 *    −q·x  = −q·c − c·r − ⟨r, q − c⟩      ≈   −q·c   + a + f·⟨p, q⟩,   f = −s,   a = −c·r − f·⟨p, c⟩
 * </pre>
 *
 * <p>so that tables are made once a query, and not once for each origin. Not safe for use by several threads.
 */
final class Residual {
    private final Form form;
    private final Turn turn;
    private final float[] origin;
    private final float[] turnedOrigin;
    private final float[] difference;
    private final float[] turned;
    private final float[] scratch;
    private double square;
    private double originProduct;
    private float factor;
    private float constant;

    Residual(Form form, Turn turn, int dimension) {
        this.form = form;
        this.turn = turn;
        this.origin = new float[dimension];
        this.difference = new float[dimension];
        this.turned = new float[turn.turned()];
        this.turnedOrigin = new float[turn.turned()];
        this.scratch = new float[turn.turned()];
    }

    void origin(float[] values) {
        System.arraycopy(values, 0, origin, 0, origin.length);
        turn.turn(origin, turnedOrigin, scratch);
    }

    /** The origin, turned. */
    float[] turnedOrigin() {
        return turnedOrigin;
    }

    /** r, turned; overwritten by the next. */
    float[] of(float[] vector) {
        System.arraycopy(vector, 0, difference, 0, difference.length);
        if (form == Form.COSINE) {
            Sphere.normalise(vector, difference);
        }
        square = 0;
        originProduct = 0;
        for (int i = 0; i < origin.length; i++) {
            difference[i] -= origin[i];
            square += (double) difference[i] * difference[i];
            originProduct += (double) difference[i] * origin[i];
        }
        turn.turn(difference, turned, scratch);
        return turned;
    }

    /** ‖r‖². */
    double square() {
        return square;
    }

    /**
     * Computes f and a.
     *
     * @param ofResidual ⟨p, r⟩
     * @param ofOrigin ⟨p, c⟩
     */
    void quantised(double ofResidual, double ofOrigin) {
        double scale = ofResidual > 0 ? square / ofResidual : 0;
        factor = clamped(form == Form.SQUARED_L2 ? -2 * scale : -scale);
        constant = clamped((form == Form.SQUARED_L2 ? square : -originProduct) - factor * ofOrigin);
    }

    private static float clamped(double value) {
        return (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** f. */
    float factor() {
        return factor;
    }

    /** a. */
    float constant() {
        return constant;
    }
}
