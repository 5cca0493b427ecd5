package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.card.CardException;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same questions on the card of this machine; skipped where there is none. */
@ExtendWith(Seeds.class)
final class CardTest {
    private final Random random = Seeds.random();

    @BeforeAll
    static void skipWithoutCard() {
        try {
            FakeProvider.has(new GpuProvider().find());
        } catch (CardException e) {
            System.out.println("CardTest is skipped: " + e.getMessage());
            abort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COSINE,100000,384,300,10",
        "DOT,100003,45,17,1024",
        "L2,20000,1536,1100,100",
        "L2,1,7,1,1",
        "COSINE,300000,100,1,10"
    })
    void answersAreThoseOfThePlainScan(Metric metric, int size, int dimension, int count, int k) {
        float[][] rows = Seeds.rows(random, size, dimension);
        float[][] values = Seeds.rows(random, count, dimension);
        try (VectorIndex expected = Vicino.index(Vectors.of(rows))
                        .metric(metric)
                        .spec("Flat(prune=false)")
                        .build();
                VectorIndex index = Vicino.index(Vectors.of(rows))
                        .metric(metric)
                        .spec("Flat(device=gpu)")
                        .build();
                Vectors queries = Vectors.of(values)) {
            SearchOptions options = SearchOptions.DEFAULT.withThreads(2);
            var answers = expected.searchAll(queries, k, options);
            var found = index.searchAll(queries, k, options);
            for (int i = 0; i < count; i++) {
                assertThat(found.get(i).work().plan()).isEqualTo("card");
                assertThat(found.get(i).ids()).isEqualTo(answers.get(i).ids());
                assertThat(found.get(i).scores()).isEqualTo(answers.get(i).scores());
            }
        }
    }
}
