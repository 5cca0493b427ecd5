package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.bench.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkTest {
    @Test
    void worksAreNamedByTheirLabels() {
        assertThat(Work.of(List.of("scalar", "plain-single"))).containsExactly(Work.PLAIN_SINGLE, Work.SCALAR);
        assertThat(Work.of(List.of())).containsExactly(Work.values());
    }

    @Test
    void anUnknownLabelIsRefusedNamingThoseThatExist() {
        assertThatThrownBy(() -> Work.of(List.of("plain")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("work = plain", "plain-single", "memory");
    }

    @Test
    void theHelpExplainsEveryWork() {
        String help = Run.bench("exact", "--help").out();
        for (Work work : Work.values()) {
            assertThat(help).containsPattern("(?m)^  " + work.label() + " +\\S");
        }
    }
}
