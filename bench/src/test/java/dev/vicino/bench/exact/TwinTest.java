package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.Vicino;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinTest {
    @TempDir
    private Path folder;

    @Test
    void theTwinRunsOnScalarKernelsAndAnswersAsWeDo() throws IOException {
        DataSet data = Samples.data(folder);
        try (Child twin = Twin.start(false);
                Searcher scalar = ChildSearcher.load(twin, "scalar", "Flat(prune=false)", data, true);
                Searcher ours = Samples.plain(data)) {
            assertThat(twin.version()).isEqualTo("scalar");
            for (Call call : List.of(Call.single(20, 10), new Call(40, 20, 10, 2))) {
                assertThat(ours.answers(call).mismatches(scalar.answers(call))).isZero();
                assertThat(scalar.seconds(call, 2)).isPositive();
            }
        }
    }

    @Test
    void theSecondJvmHasTheKernelsThatWeHave() throws IOException {
        try (Child jvm = Twin.start(true)) {
            assertThat(jvm.version()).isEqualTo(Vicino.kernels());
            assertThat(jvm.thread()).isGreaterThanOrEqualTo(0);
            assertThat(jvm.memory().anonymousBytes()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void anErrorOfTheOtherSideIsToldAndDoesNotEndIt() throws IOException {
        try (Child twin = Twin.start(true)) {
            assertThatThrownBy(() -> twin.request("time", "nothing", 1, 1, 1, 1, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll("second JVM", "time nothing", "index = nothing");
            assertThatThrownBy(() -> twin.request("dance")).hasMessageContaining("command = dance");
            assertThat(twin.request("memory")).hasSize(2);
        }
    }

    @Test
    void aProcessThatEndsIsAnErrorWithItsLastWords() {
        List<String> command =
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "no.such.Program");

        assertThatThrownBy(() -> Child.start("the program", command, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("the program ended", "no.such.Program");
    }

    @Test
    void aCommandThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> Child.start("the program", List.of("no-such-command"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-command");
    }
}
