package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AffinityTest {
    @Test
    void coresAreReadFromTheListOfTheSystem() {
        assertThat(Affinity.parse("0-3,7")).containsExactly(0, 1, 2, 3, 7);
        assertThat(Affinity.parse("5")).containsExactly(5);
    }

    @Test
    void theThreadRunsOnTheCoresAskedForAndThenOnAllAgain() throws IOException {
        Affinity affinity = Affinity.ofThisThread();
        if (!affinity.isBinding()) {
            System.out.println("AffinityTest is skipped: " + affinity.description());
            abort();
        }
        List<Integer> before = allowed();
        try {
            affinity.useCores(1);
            assertThat(allowed()).containsExactly(before.getLast());
            assertThat(affinity.description()).contains("core " + before.getLast());
        } finally {
            affinity.useAllCores();
        }
        assertThat(allowed()).isEqualTo(before);
        assertThat(affinity.cores()).isEqualTo(before.size());
    }

    @Test
    void whereNothingCanBeBoundNothingHappens() throws IOException {
        Affinity none = Affinity.none();
        none.add(1);
        none.useCores(1);
        none.useAllCores();

        assertThat(none.description()).contains("no thread is bound");
        assertThat(none.cores()).isPositive();
    }

    private static List<Integer> allowed() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .findAny()
                .map(line ->
                        Affinity.parse(line.substring(line.indexOf(':') + 1).strip()))
                .orElseThrow();
    }
}
