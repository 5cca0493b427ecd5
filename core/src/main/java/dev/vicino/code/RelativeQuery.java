package dev.vicino.code;

import dev.vicino.kernel.BitGathers;
import dev.vicino.kernel.Kernels;
import dev.vicino.scan.Distances.Form;
import java.util.Arrays;

/** A query, turned, and how it lies to an origin: the part of a distance that all {@link Residual}s have. For one thread. */
final class RelativeQuery {
    private static final BitGathers KERNELS = Kernels.BEST.bitGathers();

    private final Form form;
    private final Turn turn;
    private final int dimension;
    private final float[] unit;
    /** Filled up with zeros, as the kernels want it. */
    private final float[] values;

    private final float[] origin;
    private final float[] scratch;
    private final float[] sums = new float[BitGathers.SUMS];
    private final float[] turned;
    private final float[] turnScratch;
    private float offset;
    private double square;

    RelativeQuery(Form form, Turn turn, int dimension) {
        int padded = Math.ceilDiv(dimension, BitGathers.LINE) * BitGathers.LINE;
        this.form = form;
        this.turn = turn;
        this.dimension = dimension;
        this.unit = new float[dimension];
        this.values = new float[padded];
        this.origin = new float[padded];
        this.scratch = new float[padded];
        this.turned = new float[turn.turned()];
        this.turnScratch = new float[turn.turned()];
    }

    /** The query, turned; the origin stays. */
    float[] prepare(float[] query) {
        System.arraycopy(query, 0, unit, 0, dimension);
        if (form == Form.COSINE) {
            Sphere.normalise(query, unit);
        }
        System.arraycopy(unit, 0, values, 0, dimension);
        turn.turn(unit, turned, turnScratch);
        compare();
        return turned;
    }

    void origin(float[] newOrigin) {
        System.arraycopy(newOrigin, 0, origin, 0, dimension);
        compare();
    }

    /** All zeros. */
    void clearOrigin() {
        Arrays.fill(origin, 0);
        compare();
    }

    private void compare() {
        KERNELS.describe(values, origin, scratch, sums);
        square = sums[BitGathers.SQUARE];
        offset = form == Form.SQUARED_L2 ? sums[BitGathers.SQUARE] : -sums[BitGathers.PRODUCT];
    }

    /** ‖q − c‖², or −q·c. */
    float offset() {
        return offset;
    }

    /** ‖q − c‖². */
    double square() {
        return square;
    }
}
