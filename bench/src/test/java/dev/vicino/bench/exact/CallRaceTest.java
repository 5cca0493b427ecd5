package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.bench.exact.CallRace.Entry;
import dev.vicino.bench.race.Affinity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallRaceTest {
    private static final int ROUNDS = 3;
    private static final ExactScale EFFORT = new ExactScale(1000, ROUNDS, 100, 10, 1.0, 5.0);

    /** Seconds a query; powers of two, so that sums and ratios are exact. */
    private static final double FAST = 0x1p-10;

    private static final double SLOW = 0x1p-7;

    private final CallRace race = new CallRace(EFFORT, Affinity.none());
    private final List<String> log = new ArrayList<>();

    @Test
    void contestantsTakeTurns() throws IOException {
        Scripted fast = new Scripted("fast", FAST, log);
        Scripted slow = new Scripted("slow", SLOW, log);

        List<Times> times = race.run(entries(Call.single(1000, 10), fast, slow));

        assertThat(log)
                .containsExactly("fast", "slow", "fast", "slow", "fast", "slow", "fast", "slow"); // one to warm up
        assertThat(times.getFirst().secondsAQuery()).hasSize(ROUNDS).containsOnly(FAST);
        assertThat(times.getLast().median()).isEqualTo(SLOW);
        assertThat(times.getLast().median() / times.getFirst().median()).isEqualTo(8);
    }

    @Test
    void everybodyIsAskedAsManySingleQueriesAsTheSlowestCanDoInItsTime() throws IOException {
        Scripted fast = new Scripted("fast", FAST);
        Scripted slow = new Scripted("slow", SLOW);

        List<Times> times = race.run(entries(Call.single(1000, 10), fast, slow));

        assertThat(times).allMatch(of -> of.call().queries() == 128);
        assertThat(fast.calls.getLast()).isEqualTo(Call.single(128, 10));
        assertThat(fast.passes.getLast()).isEqualTo(4); // half a second
        assertThat(slow.passes.getLast()).isEqualTo(1);
    }

    @Test
    void aBatchStaysWhole() throws IOException {
        Scripted slow = new Scripted("slow", 1);

        race.run(entries(Call.batch(100, 10), slow));

        assertThat(slow.calls).containsOnly(Call.batch(100, 10));
        assertThat(slow.passes).containsOnly(1);
    }

    @Test
    void whatIsCompiledWhileItRunsIsRunForAWhileBefore() throws IOException {
        Scripted compiled = new Scripted("compiled", 0.125);
        compiled.warmsUp = true;

        race.run(entries(Call.single(1000, 10), compiled));

        assertThat(compiled.calls).hasSize(3 + ROUNDS); // 16 queries take 2 s, and 5 s are asked for
    }

    private static List<Entry> entries(Call call, Contestant... contestants) {
        return List.of(contestants).stream().map(of -> new Entry(of, call)).toList();
    }
}
