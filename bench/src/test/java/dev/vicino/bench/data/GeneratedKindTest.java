package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.Vectors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratedKindTest {
    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameVectorsAnotherOneOthers(GeneratedKind kind) {
        try (Vectors some = kind.vectors(50, 1);
                Vectors same = kind.vectors(50, 1);
                Vectors others = kind.vectors(50, 2)) {
            assertThat(some.dimension()).isEqualTo(kind.dimension());
            assertThat(some.size()).isEqualTo(50);
            assertThat(same.row(49)).isEqualTo(some.row(49));
            assertThat(others.row(0)).isNotEqualTo(some.row(0));
        }
    }

    @Test
    void duplicatesAreMany() {
        Set<Integer> distinct = new HashSet<>();
        try (Vectors vectors = GeneratedKind.DUPLICATES.vectors(10_000, 1)) {
            for (int i = 0; i < vectors.size(); i++) {
                distinct.add(Arrays.hashCode(vectors.row(i)));
            }
        }
        assertThat(distinct).hasSizeLessThan(5_001);
    }
}
