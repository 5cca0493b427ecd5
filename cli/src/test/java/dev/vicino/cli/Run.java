package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What one run of the command in this process left.
 *
 * @param code the exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Run(int code, String out, String err) {
    /** Runs {@code vicino} with these arguments; a path or a number is taken as its text. */
    static Run vicino(Object... arguments) {
        return of(Main.commandLine(), arguments);
    }

    static Run of(CommandLine vicino, Object... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        vicino.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return new Run(vicino.execute(texts), out.toString(), err.toString());
    }

    /** This run, which must have ended with 0 and said nothing on standard error. */
    Run succeeds() {
        assertThat(err).isEmpty();
        assertThat(code).isZero();
        return this;
    }

    /** This run, which must have ended with that code and one sentence with all the parts, and printed nothing. */
    void fails(int expected, String... parts) {
        assertThat(err).startsWith("vicino: ").contains(parts).doesNotContain("internal error");
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(out).isEmpty();
    }

    /** Standard output, which must be one JSON object with these fields in this order, every number finite. */
    JsonNode json(String... fields) throws IOException {
        succeeds();
        JsonNode object = JsonMapper.builder().build().readTree(out);
        assertThat(fieldsOf(object)).containsExactly(fields);
        assertFinite(object);
        return object;
    }

    static List<String> fieldsOf(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void assertFinite(JsonNode node) {
        if (node.isDouble()) {
            assertThat(node.doubleValue()).isFinite();
        }
        node.forEach(Run::assertFinite);
    }
}
