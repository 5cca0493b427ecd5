package dev.vicino.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes where under {@code --json} and {@code --quiet}. */
class ConsoleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aPersonGetsTextAndRemarks() {
        speak(console(false, false));

        assertThat(out).hasToString("a line\nthe result\n");
        assertThat(err).hasToString("a remark\n");
    }

    @Test
    void quietLeavesTheRemarksOut() {
        speak(console(false, true));

        assertThat(out).hasToString("a line\nthe result\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void jsonIsOneObjectWithNamesInSnakeCaseAndNothingElse() {
        speak(console(true, false));

        assertThat(out).hasToString("{\"latency_us\":{\"p50\":1.5},\"recall\":null,\"bytes_memory\":7}\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void noProgressBarIsShownWhereNobodyWatches() {
        try (Task task = console(false, false).task("Working")) {
            task.update(1, 2);
        }

        assertThat(out.toString() + err).isEmpty();
    }

    private Console console(boolean json, boolean quiet) {
        return new Console(new PrintWriter(out, true), new PrintWriter(err, true), json, quiet);
    }

    private static void speak(Console console) {
        console.line("a line");
        console.remark("a remark");
        console.result(new Result(new Latency(1.5), null, 7), "the result");
    }

    private record Result(Latency latencyUs, @Nullable Double recall, long bytesMemory) {}

    private record Latency(double p50) {}
}
