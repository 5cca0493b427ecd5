package dev.vicino.scan;

import dev.vicino.kernel.Codes;
import dev.vicino.kernel.Codes.Layout;
import dev.vicino.memory.Memory;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rows as int8 codes: a row is about scale·code, each with a scale of its own, rounded to nearest.
 *
 * <p>Encoding is safe for several threads, each with rows of its own; searching once all are encoded.
 */
final class Int8Codes implements AutoCloseable {
    /** The largest code. −128 is not used, so that a code can be negated. */
    private static final int LARGEST = 127;

    /** The smallest scale, so that no quotient of two scales leaves the range of float; a row that small is all zeros. */
    private static final float SMALLEST_SCALE = 0x1p-100f;

    /** What the sum of a segment must stay below, with room for the rounding of norms. */
    private static final double MAX_SUM = 32_700;

    final Codes codes;
    final Memory memory;
    final Memory scales;
    final Facts facts;

    private final Lock lock = new ReentrantLock();

    private Int8Codes(Memory memory, Memory scales, int size, int width, Layout layout, Facts facts) {
        this.memory = memory;
        this.scales = scales;
        this.codes = Codes.of(memory, size, width, layout);
        this.facts = facts;
    }

    /** Room for the codes of n rows of d values. */
    static Int8Codes allocate(int n, int d, Layout layout) {
        int width = Codes.width(d);
        Memory memory = Memory.allocate(Codes.bytes(n, width));
        Memory scales = Memory.allocate((long) n * Float.BYTES);
        return new Int8Codes(memory, scales, n, width, layout, new Facts(layout.segments(width)));
    }

    /** Codes that were encoded before. */
    static Int8Codes of(Memory memory, Memory scales, int n, int d, Layout layout, Facts facts) {
        return new Int8Codes(memory, scales, n, Codes.width(d), layout, facts);
    }

    /** The code of value i of a row. */
    byte get(int row, int i) {
        return memory.getByte(codes.layout().offset(codes.width(), row, i));
    }

    /** Leaves a row without a code: its scale is NaN, so its bounds compare with nothing. */
    void skip(int row) {
        scales.put(row, Float.NaN);
    }

    /** What is known of all codes. */
    static final class Facts {
        /** The longest ‖row/scale − code‖ of any row. */
        double maxError;

        /** The longest ‖code‖ of any row. */
        double maxNorm;

        /** For every segment ({@link Codes}) the longest norm of any row's codes in it. */
        final double[] segmentNorms;

        Facts(int segments) {
            segmentNorms = new double[segments];
        }

        void include(Facts other) {
            maxError = Math.max(maxError, other.maxError);
            maxNorm = Math.max(maxNorm, other.maxNorm);
            for (int i = 0; i < segmentNorms.length; i++) {
                segmentNorms[i] = Math.max(segmentNorms[i], other.segmentNorms[i]);
            }
        }
    }

    private int segment(int i) {
        return codes.layout().segment(codes.width(), i);
    }

    /** Writes codes of consecutive rows, for one thread. */
    final class Encoder {
        private final Facts seen = new Facts(facts.segmentNorms.length);
        private final double[] segmentSquares = new double[seen.segmentNorms.length];

        /** As {@link #encode(int, double[], int, float)} with the scale that just holds the largest value. */
        double encode(int row, double[] values, int d) {
            double largest = 0;
            for (int i = 0; i < d; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            return encode(row, values, d, Math.max((float) (largest / LARGEST), SMALLEST_SCALE));
        }

        /**
         * Encodes a row with a given scale; values beyond the largest code are clamped.
         *
         * @return Σ|row − scale·code|
         */
        double encode(int row, double[] values, int d, float scale) {
            Arrays.fill(segmentSquares, 0);
            double error = 0;
            double absoluteError = 0;
            double norm = 0;
            for (int i = 0; i < d; i++) {
                double quotient = values[i] / scale;
                int value = (int) Math.clamp(Math.rint(quotient), -LARGEST, LARGEST);
                memory.put(codes.layout().offset(codes.width(), row, i), (byte) value);
                double difference = quotient - value;
                error += difference * difference;
                absoluteError += Math.abs(difference);
                norm += value * value;
                segmentSquares[segment(i)] += value * value;
            }
            seen.maxError = Math.max(seen.maxError, Math.sqrt(error));
            seen.maxNorm = Math.max(seen.maxNorm, Math.sqrt(norm));
            for (int i = 0; i < segmentSquares.length; i++) {
                seen.segmentNorms[i] = Math.max(seen.segmentNorms[i], Math.sqrt(segmentSquares[i]));
            }
            scales.put(row, scale);
            return absoluteError * scale;
        }

        /** Adds what this encoder saw to what is known of all codes. */
        void finish() {
            lock.lock();
            try {
                facts.include(seen);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A query in whole numbers, about scale·values.
     *
     * @param values in the places that the layout gives them
     * @param error ‖query − scale·values‖
     * @param absoluteError Σ|query − scale·values|
     */
    record Quantised(short[] values, float scale, double error, double absoluteError) {}

    /**
     * A query for products with these codes: as finely as the sums of 16 bits allow. By Cauchy–Schwarz the sum of a segment is at
     * most the product of the norms there.
     */
    Quantised quantise(double[] query, int d) {
        double[] squares = new double[facts.segmentNorms.length];
        double largest = 0;
        for (int i = 0; i < d; i++) {
            squares[segment(i)] += query[i] * query[i];
            largest = Math.max(largest, Math.abs(query[i]));
        }
        double scale = Math.max(largest / Short.MAX_VALUE, SMALLEST_SCALE);
        for (int i = 0; i < squares.length; i++) {
            scale = Math.max(scale, Math.sqrt(squares[i]) * facts.segmentNorms[i] / MAX_SUM);
        }
        Quantised quantised;
        do {
            scale *= 1.01; // rounding may lengthen the query
            quantised = round(query, d, (float) scale, Short.MAX_VALUE);
        } while (overflows(quantised.values));
        return quantised;
    }

    /** A query with a given scale; values beyond the largest are clamped. */
    Quantised round(double[] query, int d, float scale, int largest) {
        short[] values = new short[codes.width()];
        double squares = 0;
        double absolute = 0;
        for (int i = 0; i < d; i++) {
            short value = (short) Math.clamp(Math.rint(query[i] / scale), -largest, largest);
            values[codes.layout().place(codes.width(), i)] = value;
            double difference = query[i] - (double) scale * value;
            squares += difference * difference;
            absolute += Math.abs(difference);
        }
        return new Quantised(values, scale, Math.sqrt(squares), absolute);
    }

    private boolean overflows(short[] values) {
        double[] squares = new double[facts.segmentNorms.length];
        for (int i = 0; i < values.length; i++) {
            int value = values[codes.layout().place(codes.width(), i)];
            squares[segment(i)] += value * value;
        }
        for (int i = 0; i < squares.length; i++) {
            if (Math.sqrt(squares[i]) * facts.segmentNorms[i] > MAX_SUM) {
                return true;
            }
        }
        return false;
    }

    /** These codes on memory of their own. */
    Int8Codes copy() {
        return new Int8Codes(memory.copy(), scales.copy(), codes.size(), codes.width(), codes.layout(), facts);
    }

    long bytes() {
        return memory.bytes() + scales.bytes();
    }

    @Override
    public void close() {
        memory.close();
        scales.close();
    }
}
