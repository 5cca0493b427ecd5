package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.testing.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors in whole numbers for a pruned batch: near to what they stand for, and in no segment so long that a sum leaves 16 bits. */
@ExtendWith(Seeds.class)
final class SegmentedShortsTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 96, 192, 224, 512, 2080})
    void noProductOfTwoSegmentsLeavesSixteenBits(int p) {
        Random random = Seeds.random();
        for (int round = 0; round < ROUNDS; round++) {
            double[] vector = vector(random, p, round);
            SegmentedShorts rounded = SegmentedShorts.of(vector);
            int[] squares = new int[SegmentedShorts.segments(p)];
            double error = 0;
            for (int i = 0; i < p; i++) {
                int value = rounded.values()[SegmentedShorts.place(i, p)];
                squares[i % squares.length] += value * value;
                double difference = vector[i] - (double) rounded.scale() * value;
                error += difference * difference;
            }
            // The product of two such segments is at most this, by Cauchy and Schwarz, and so is every part of it.
            // Quotients that are
            // rounded down add up to one less for every segment.
            assertThat(IntStream.of(squares).max().orElseThrow())
                    .as("squared length")
                    .isLessThanOrEqualTo(Short.MAX_VALUE - squares.length);
            assertThat(rounded.error()).isCloseTo(Math.sqrt(error), within(1e-9 * Math.sqrt(error)));
        }
    }

    /** Of all lengths; some with everything in one value, or in one segment. */
    private static double[] vector(Random random, int p, int round) {
        double length = Math.exp(20 * random.nextGaussian());
        int only = random.nextInt(p);
        double[] vector = new double[p];
        int segments = SegmentedShorts.segments(p);
        for (int i = 0; i < p; i++) {
            boolean kept = round % 3 == 0 || (round % 3 == 1 ? i == only : i % segments == only % segments);
            vector[i] = kept ? length * random.nextGaussian() : 0;
        }
        return vector;
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 512, 2080})
    void everyValueHasAPlaceInItsSegment(int p) {
        int length = p / SegmentedShorts.segments(p);
        boolean[] taken = new boolean[p];
        for (int i = 0; i < p; i++) {
            int place = SegmentedShorts.place(i, p);
            assertThat(place / length).isEqualTo(i % SegmentedShorts.segments(p));
            assertThat(taken[place]).isFalse();
            taken[place] = true;
        }
    }
}
