package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vicino.Goals;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.testing.Points;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advice on data that is the same in every run, by work that is counted; one thread builds, so that the graphs are the same too. */
final class AdvisorTest {
    private static final int ROWS = 3000;
    private static final int FRESH = 500;
    private static final int D = 48;
    private static final int K = 10;
    private static final Machine MACHINE =
            new Machine(new Machine.Rates(20e9, 50e9, 120), 2, 8L << 30, 4096, true, "as it may be");

    private static final float[][] ALL = Points.clustered(new Random(5), ROWS + FRESH, D, 20);
    private static final float[][] BASE = Arrays.copyOf(ALL, ROWS);
    private static final float[][] QUERIES = Arrays.copyOfRange(ALL, ROWS, ROWS + FRESH);

    private static Advisor advisor(float[][] rows, Goals goals) {
        return new Advisor(Vectors.of(rows), Metric.L2, goals)
                .meter(new CountedWork())
                .machine(MACHINE)
                .threads(1);
    }

    private static Interval recall(VectorIndex index, float[][] rows, float[][] queries) {
        try (VectorIndex exact =
                Vicino.index(Vectors.of(rows)).metric(index.metric()).build()) {
            Questions questions = Questions.ask(exact, queries, K, 1);
            return Interval.of(questions.recalls(index, 0, 1), K);
        }
    }

    /** At 0.99 so few queries prove hardly anything but exact search: whatever is chosen there, the floor holds. */
    @ParameterizedTest
    @CsvSource({"0.90", "0.95", "0.99"})
    void freshQueriesReachTheRecall(double floor) {
        Advised advised = advisor(BASE, Goals.recall(floor, K)).build();
        try (VectorIndex index = advised.index()) {
            Advice advice = advised.advice();
            assertThat(index.size()).isEqualTo(ROWS);
            assertThat(index.spec()).hasToString(advice.spec());
            boolean isApproximate = !index.spec().isExact();
            assertThat(isApproximate || floor > 0.95)
                    .as("faster than exact search")
                    .isTrue();
            assertThat(index.defaultEffort()).isEqualTo(advice.effort());
            assertThat(advice.recall().low()).isGreaterThanOrEqualTo(floor);
            assertThat(recall(index, BASE, QUERIES).high()).isGreaterThanOrEqualTo(floor);
            assertThat(advice.alternatives())
                    .isNotEmpty()
                    .noneMatch(other -> other.spec().equals(advice.spec()));
            assertThat(advice.seconds()).containsKeys("machine", "data", "trials", "truth", "build");
            assertThat(advice.seconds().containsKey("tuning")).isEqualTo(isApproximate);
        }
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        Goals goals = Goals.recall(0.95, K);
        Advised first = advisor(BASE, goals).build();
        Advised second = advisor(BASE, goals).build();
        try (VectorIndex a = first.index();
                VectorIndex b = second.index()) {
            assertThat(second.advice()).isEqualTo(first.advice());
            for (float[] query : QUERIES) {
                assertThat(b.search(query, K).ids())
                        .isEqualTo(a.search(query, K).ids());
            }
        }
    }

    @Test
    void everyVectorIsThereUnderItsId() {
        long[] ids = LongStream.range(0, ROWS).map(i -> 3 * i + 7).toArray();
        Advised advised = advisor(BASE, Goals.recall(0.95, K)).ids(ids).build();
        try (VectorIndex index = advised.index()) {
            for (int row = 0; row < ROWS; row++) {
                assertThat(index.search(BASE[row], 1, SearchOptions.DEFAULT.withExact(true))
                                .id(0))
                        .isEqualTo(ids[row]);
            }
        }
    }

    @Test
    void givenQueriesAreAskedAndNoVectorIsHeldOut() {
        float[][] others = Points.gaussian(new Random(9), 400, D);
        try (Vectors queries = Vectors.of(others)) {
            Advised advised =
                    advisor(BASE, Goals.recall(0.9, K)).queries(queries).build();
            try (VectorIndex index = advised.index()) {
                assertThat(advised.advice().data().queries().given()).isTrue();
                assertThat(advised.advice().data().queries().likeVectors()).isFalse();
                assertThat(advised.advice().data().remarks()).anyMatch(remark -> remark.contains("do not come from"));
                assertThat(advised.advice().recall().queries()).isEqualTo(200);
                assertThat(index.size()).isEqualTo(ROWS);
            }
            assertThat(queries.row(0)).isEqualTo(others[0]); // still the caller's
        }
    }

    @Test
    void fewVectorsAreComparedExactly() {
        float[][] few = Arrays.copyOf(BASE, 500);
        Advised advised = advisor(few, Goals.recall(0.99, K)).build();
        try (VectorIndex index = advised.index()) {
            assertThat(advised.advice().regime()).isEqualTo(Regime.FEW);
            assertThat(advised.advice().recall().low()).isEqualTo(1);
            assertThat(index.spec()).hasToString("Flat");
            assertThat(index.size()).isEqualTo(500);
        }
    }

    @Test
    void perfectRecallIsExactSearch() {
        Advised advised = advisor(BASE, Goals.recall(1, K)).build();
        try (VectorIndex index = advised.index()) {
            assertThat(index.spec().isExact()).isTrue();
        }
    }

    /** All rows are there, and nothing is missed, so the recall needs no proof by queries. */
    @Test
    void fewDimensionsAreDividedByATree() {
        float[][] rows = Points.clustered(new Random(6), 5000, 2, 20);
        Advised advised = advisor(rows, Goals.recall(1, K)).build();
        try (VectorIndex index = advised.index()) {
            assertThat(index.spec().toString()).endsWith("Tree");
            assertThat(index.size()).isEqualTo(rows.length);
            assertThat(advised.advice().recall().low()).isEqualTo(1);
            assertThat(advised.advice().regime()).isEqualTo(Regime.LOW_DIMENSION);
            assertThat(advised.advice().alternatives())
                    .anySatisfy(of -> assertThat(of.spec()).isEqualTo("Flat"));
        }
    }

    @Test
    void goalsThatCannotBeMetTogetherAreNamedWithTheirPrice() {
        Goals goals = Goals.recall(0.95, K).withLatency(Duration.ofNanos(1000)); // one row compared
        Vectors vectors = Vectors.of(BASE);
        Advisor advisor = new Advisor(vectors, Metric.L2, goals)
                .meter(new CountedWork())
                .machine(MACHINE)
                .threads(1);
        var conflict = catchThrowableOfType(GoalsConflictException.class, advisor::build);
        assertThat(conflict)
                .hasMessageContaining("Auto(recall=0.95")
                .hasMessageContaining("latency=1us")
                .hasMessageContaining("without the limit of latency");
        assertThat(conflict.obstacles()).extracting(Obstacle::limit).containsExactly(Limit.LATENCY);
        assertThat(conflict.alternatives()).isNotEmpty();
        assertThat(vectors.row(1)).isEqualTo(BASE[1]); // still the caller's
        vectors.close();
    }

    @Test
    void memoryThatIsNotThereIsAnObstacle() {
        Goals goals = Goals.recall(0.95, K).withMemory(1 << 17);
        var conflict = catchThrowableOfType(
                GoalsConflictException.class, () -> advisor(BASE, goals).build());
        assertThat(conflict.obstacles()).extracting(Obstacle::limit).contains(Limit.MEMORY);
        assertThat(conflict).hasMessageContaining("MiB");
    }

    /** Rows alone are 576,000 bytes. Distances of what eight bits stand for are no true ones, so recall goes by the ids. */
    @Test
    void rowsAreKeptInFewerBytesWhereMemoryIsShort() {
        Goals goals = Goals.recall(0.8, K).withMemory(450_000);
        Advised advised = advisor(BASE, goals)
                .queries(Vectors.of(QUERIES))
                .ids(LongStream.range(0, ROWS).map(i -> 3 * i + 7).toArray())
                .build();
        try (VectorIndex index = advised.index()) {
            assertThat(index.spec().toString()).endsWith("Refine(SQ8)");
            assertThat(index.bytesMemory()).isLessThanOrEqualTo(450_000);
            assertThat(advised.advice().recall().low()).isGreaterThanOrEqualTo(0.8);
        }
    }

    @Test
    void theFrontDoorAsksTheAdvisor() {
        try (VectorIndex index = Vicino.index(Vectors.of(Arrays.copyOf(BASE, 300)))
                .recallAtLeast(0.9, 5)
                .memoryAtMost(1 << 30)
                .latencyAtMost(Duration.ofSeconds(1))
                .build()) {
            assertThat(index.size()).isEqualTo(300);
            assertThat(index.spec()).isEqualTo(IndexSpec.parse("Flat"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(Vectors.of(BASE)).recallAtLeast(1.5, 10))
                .withMessageContaining("recall = 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(Vectors.of(BASE)).spec("Flat").advisor())
                .withMessageContaining("spec = Flat");
    }

    @Test
    void tooFewQueriesAreRefused() {
        try (Vectors few = Vectors.of(Arrays.copyOf(QUERIES, 3));
                Vectors narrow = Vectors.of(new float[100], 2)) {
            Advisor advisor = advisor(BASE, Goals.recall(0.9, K));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> advisor.queries(few))
                    .withMessageContaining("queries = 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> advisor.queries(narrow))
                    .withMessageContaining("dimension 2");
        }
    }
}
