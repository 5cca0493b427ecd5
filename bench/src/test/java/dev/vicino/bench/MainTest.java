package dev.vicino.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void helpListsTheBenchmarks() {
        Run help = Run.bench("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("vicino bench", "exact", "jmh");
    }

    @Test
    void wrongUsageIsOneSentenceAndEndsWith2() {
        Run.bench("exact", "--no-such-option").fails(2, "unknown option", "vicino bench exact --help");
        Run.bench("exact", "--rows", "many").fails(2, "--rows", "many");
    }

    @Test
    void debugShowsWhereAnErrorCameFrom() {
        assertThat(Run.bench("exact", "--work", "nothing").err()).doesNotContain("\tat ");
        assertThat(Run.bench("exact", "--work", "nothing", "--debug").err()).contains("\tat ");
        assertThat(Run.bench("exact", "--debug", "--no-such-option").err()).contains("\tat ");
    }
}
