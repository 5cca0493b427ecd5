package dev.vicino.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepsTest {
    @Test
    void progressNeverFallsAndEndsAtTheTotalWhateverThreadsDoTheWork() {
        List<Long> heard = new ArrayList<>();
        var steps = new Steps(1000, (done, total) -> {
            assertThat(total).isEqualTo(1000);
            heard.add(done);
        });

        IntStream.range(0, 1000).parallel().forEach(i -> steps.next());

        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1000).boxed().toList());
    }
}
