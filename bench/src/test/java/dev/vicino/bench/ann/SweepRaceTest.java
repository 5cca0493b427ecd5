package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.bench.ann.SweepRace.Entry;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.LeftOut;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepRaceTest {
    private static final AnnScale SCALE = new AnnScale(1000, 10, 2, List.of(10, 20), 1000, 1000, 1, 100, 1);
    private static final Truth TRUTH = new Truth(List.of(Set.of(0L), Set.of(1L)), new int[] {1, 1});

    private final List<String> log = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final SweepRace race = setting().race();

    private Setting setting() {
        Path nowhere = Path.of("nowhere");
        return new Setting(
                SCALE,
                new DataSet("none", nowhere, nowhere, 0, 0, 1),
                nowhere,
                new UnitData("none", "none", nowhere, nowhere, 0, 0, 1),
                List.of(),
                List.of(),
                new Starter("python3"),
                Affinity.none(),
                new ArrayList<>(),
                leftOut,
                remark -> {});
    }

    private static List<Entry> entries(TimedIndex... searchers) {
        return List.of(searchers).stream().map(of -> new Entry(of, TRUTH)).toList();
    }

    @Test
    void searchersTakeTurnsWithEveryEffort() throws IOException {
        List<Sweep> sweeps = race.run(entries(new Told("a", 0.25, log), new Told("b", 0.5, log)));

        assertThat(log)
                .containsExactly(
                        "a10", "a20", "b10", "b20", // to warm up
                        "a10", "b10", "a20", "b20", //
                        "a10", "b10", "a20", "b20");
        assertThat(sweeps).extracting(Sweep::name).containsExactly("a", "b");
        assertThat(sweeps.getFirst().qps()).isDeepEqualTo(new double[][] {{0.4, 0.2}, {0.4, 0.2}});
        assertThat(sweeps.getFirst().recalls()).containsExactly(0.5, 1);
    }

    @Test
    void aTurnIsLongEnough() throws IOException {
        Told quick = new Told("quick", 0.0625 / 10, log);

        race.run(entries(quick));

        assertThat(quick.passes).containsExactly(1, 1, 8, 4, 8, 4);
    }

    @Test
    void whatIsCompiledIsRunForAWhileBefore() throws IOException {
        Told compiled = new Told("compiled", 0.5, log);
        compiled.warmsUp = true;

        race.run(entries(compiled));

        assertThat(log).as("10 s and 20 s, until 100 s are over").hasSize(4 * 2 + 2 * 2);
    }

    @Test
    void whoFailsIsWrittenDownAndTheOthersGoOn() throws IOException {
        Told early = new Told("early", 1, log);
        early.failsAfter = 0;
        Told late = new Told("late", 1, log);
        late.failsAfter = 3;

        Told steady = new Told("a", 1, log);

        List<Sweep> sweeps = race.run(entries(early, steady, late));

        assertThat(sweeps).extracting(Sweep::name).containsExactly("a");
        assertThat(leftOut).containsExactly(new LeftOut("early", "out of order"), new LeftOut("late", "out of order"));
        assertThat(log.stream().filter(turn -> turn.startsWith("a"))).hasSize(6);
        assertThat(List.of(early.closed, steady.closed, late.closed)).containsExactly(true, false, true);
    }
}
