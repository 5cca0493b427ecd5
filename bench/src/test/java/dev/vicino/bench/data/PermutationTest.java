package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {
    @Test
    void everyNumberIsThereOnceInAnotherOrder() {
        int[] numbers = IntStream.range(0, 100).toArray();

        assertThat(Permutation.of(100, new SplittableRandom(1)))
                .containsExactlyInAnyOrder(numbers)
                .isNotEqualTo(numbers)
                .isEqualTo(Permutation.of(100, new SplittableRandom(1)));
    }
}
