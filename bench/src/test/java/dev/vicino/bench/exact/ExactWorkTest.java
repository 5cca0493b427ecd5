package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.bench.Run;
import org.junit.jupiter.api.Test;

class ExactWorkTest {
    @Test
    void theHelpExplainsEveryWork() {
        String help = Run.bench("exact", "--help").out();
        for (ExactWork work : ExactWork.values()) {
            assertThat(help).containsPattern("(?m)^  " + work + " +\\S");
        }
    }
}
