package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Affinity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final DataSet DATA = new DataSet("data", Path.of("base"), Path.of("queries"), 500, 100, 8);
    private static final Call CALL = Call.single(100, 10);

    private final List<TimeRow> rows = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Judge judge = new Judge(new CallRace(ExactScale.QUICK, Affinity.none()), rows, heard::add);
    private final Scripted ours = new Scripted("ours", 0.002);

    @Test
    void ourTimeIsComparedWithTheFastestOfTheOthers() throws IOException {
        judge.compare(
                ExactWork.SMALL_BATCH.toString(),
                DATA,
                CALL,
                ours,
                List.of(new Scripted("slow", 0.02), new Scripted("fast", 0.003)),
                null);

        TimeRow row = rows.getFirst();
        assertThat(row.work()).isEqualTo("small-batch");
        assertThat(row.oursUs()).isEqualTo(2000, within(1e-6));
        assertThat(row.against().name()).isEqualTo("fast");
        assertThat(row.against().us()).isEqualTo(3000, within(1e-6));
        assertThat(row.against().ratio()).isEqualTo(1.5, within(1e-9));
        assertThat(row.against().mismatches()).isZero();
        assertThat(row.ceiling()).isNull();
        assertThat(heard).singleElement().asString().contains("small-batch", "ratio 1.50 to fast");
    }

    @Test
    void withoutAPeerTheRowHasOurTimeAlone() throws IOException {
        judge.compare(ExactWork.PLAIN_SINGLE.toString(), DATA, CALL, ours, List.of(), null);

        assertThat(rows.getFirst().against()).isNull();
        assertThat(rows.getFirst().oursUs()).isEqualTo(2000, within(1e-6));
    }

    @Test
    void aShareIsTheTimeOfTheMachineByOurs() throws IOException {
        judge.compare(ExactWork.PLAIN_SINGLE.toString(), DATA, CALL, ours, List.of(), new FixedCeiling());

        TimeRow.Limit limit = rows.getFirst().ceiling();
        assertThat(limit.share()).isEqualTo(0.5, within(1e-9)); // 1 ms of 2
        assertThat(limit.rate()).isEqualTo(3000, within(1e-6)); // 3 billions in 1 ms
        assertThat(limit.unit()).isEqualTo("GB/s");
    }

    @Test
    void otherAnswersAreCounted() throws IOException {
        Scripted other = new Scripted("other", 0.002);
        other.answers = new Answers(new long[][] {{2}}, new float[][] {{0.5f}});

        judge.compare(ExactWork.PANORAMA.toString(), DATA, CALL, ours, List.of(other), null);

        assertThat(rows.getFirst().against().mismatches()).isEqualTo(2);
        assertThat(ExactText.line(rows.getFirst())).contains("2 mismatches");
    }

    /** Three billions a query, in a millisecond. */
    private static final class FixedCeiling implements Ceiling {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public double seconds(Call call, int passes) {
            return 0.001 * call.queries() * passes;
        }

        @Override
        public double billions(Call call) {
            return 3.0 * call.queries();
        }

        @Override
        public String unit() {
            return "GB/s";
        }
    }
}
