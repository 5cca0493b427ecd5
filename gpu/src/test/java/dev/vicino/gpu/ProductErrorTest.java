package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.card.Precision;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The error that is promised against products as they are computed, on vectors that are hard to multiply. */
@ExtendWith(Seeds.class)
final class ProductErrorTest {
    private static final int TRIALS = 300;

    private final Random random = Seeds.random();

    /** How wide a tensor core adds: from one product at a time to sixteen. */
    private static final int[] AT_ONCE = {1, 4, 8, 16};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 45, 384, 1536})
    void halfPrecisionKeepsWithinIt(int dimension) {
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] x = vector(dimension, trial);
            float[] q = trial % 3 == 0 ? x : vector(dimension, trial + random.nextInt(5));
            for (int width : AT_ONCE) {
                assertWithin(Precision.HALF, halfProduct(x, q, width), x, q);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 45, 384, 1536})
    void singlePrecisionKeepsWithinIt(int dimension) {
        for (int trial = 0; trial < TRIALS; trial++) {
            float[] x = vector(dimension, trial);
            float[] q = trial % 3 == 0 ? x : vector(dimension, trial + random.nextInt(5));
            float sum = 0;
            for (int i = 0; i < dimension; i++) {
                sum = Math.fma(x[i], q[i], sum);
            }
            assertWithin(Precision.SINGLE, sum, x, q);
        }
    }

    /** A promise that nothing comes near would leave more rows than need be; one that is too narrow would be broken here. */
    @Test
    void roundingAloneComesNearToIt() {
        float[] x = new float[64];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 + 0x1p-11f; // halfway between two numbers of eleven bits; the even one is 1
        }
        double off = Math.abs(halfProduct(x, x, 8) - product(x, x)) / product(x, x);
        double promised = ProductError.of(Precision.HALF, 64);
        assertThat(off).isBetween(0.9 * 0x1p-10, promised);
        assertThat(promised).isLessThan(1.1 * 0x1p-10);
    }

    /** Normally distributed, all of one sign, of very different sizes, nearly all zero, or long and short. */
    private float[] vector(int dimension, int kind) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float)
                    switch (kind % 5) {
                        case 0 -> random.nextGaussian();
                        case 1 -> 1 + random.nextDouble();
                        case 2 -> random.nextGaussian() * Math.pow(2, -random.nextInt(40));
                        case 3 -> random.nextInt(10) == 0 ? random.nextGaussian() : 0;
                        default -> random.nextGaussian() * 0x1p50;
                    };
        }
        vector[random.nextInt(dimension)] += 1e-3f; // no vector of zeros
        return vector;
    }

    private static void assertWithin(Precision precision, double product, float[] x, float[] q) {
        double error = Math.abs(product - product(x, q));
        double promised = ProductError.of(precision, x.length) * Math.sqrt(product(x, x) * product(q, q));
        assertThat(error).isLessThanOrEqualTo(promised);
    }

    private static double product(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * q[i];
        }
        return sum;
    }

    /** As the cards do it, as far as that is known: products and sum are cut off at the largest exponent among them. */
    private static double halfProduct(float[] x, float[] q, int atOnce) {
        int xExponent = exponent(x);
        int qExponent = exponent(q);
        double sum = 0;
        for (int from = 0; from < x.length; from += atOnce) {
            double largest = Math.abs(sum);
            double[] products = new double[Math.min(atOnce, x.length - from)];
            for (int i = 0; i < products.length; i++) {
                products[i] = (double) half(x[from + i], xExponent) * half(q[from + i], qExponent);
                largest = Math.max(largest, Math.abs(products[i]));
            }
            double unit = largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest) - 23);
            double next = cutOff(sum, unit);
            for (double product : products) {
                next += cutOff(product, unit);
            }
            sum = next == 0 ? 0 : cutOff(next, Math.scalb(1.0, Math.getExponent(next) - 23));
        }
        return Math.scalb(sum, xExponent + qExponent - 30);
    }

    private static double cutOff(double value, double unit) {
        double whole = value / unit;
        return (whole < 0 ? Math.ceil(whole) : Math.floor(whole)) * unit;
    }

    private static int exponent(float[] vector) {
        float largest = 0;
        for (float value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        return Math.getExponent(largest) + 1;
    }

    /** Rounded to half precision; below its normal numbers there is nothing, in the worst case. */
    private static float half(float value, int exponent) {
        float scaled = Math.scalb(value, 15 - exponent);
        return Math.abs(scaled) < 0x1p-14f ? 0 : Float.float16ToFloat(Float.floatToFloat16(scaled));
    }
}
