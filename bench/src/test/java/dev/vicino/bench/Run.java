package dev.vicino.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What one run of the command in this process left.
 *
 * @param code the exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record Run(int code, String out, String err) {
    /** Runs {@code vicino bench} with these arguments; a path or a number is taken as its text. */
    public static Run bench(Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int code = command.execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    /** Standard output, which must be one JSON object, and nothing on standard error. */
    public JsonNode json() throws IOException {
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        return JsonMapper.builder().build().readTree(out);
    }

    /** This run, which must have ended with that code and one sentence with all the parts, and printed nothing. */
    public void fails(int expected, String... parts) {
        assertThat(err).startsWith("vicino: ").contains(parts).doesNotContain("internal error");
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(out).isEmpty();
    }
}
