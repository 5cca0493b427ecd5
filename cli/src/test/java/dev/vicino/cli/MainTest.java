package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command as a whole. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final CommandLine vicino = Main.commandLine().setOut(new PrintWriter(out, true));

    @Test
    void helpNamesEveryVerb() {
        assertThat(vicino.execute("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: vicino");
        assertThat(vicino.getSubcommands().keySet())
                .isNotEmpty()
                .allSatisfy(verb -> assertThat(out.toString()).contains("\n  " + verb + " "));
    }

    @Test
    void everyVerbHasTheCommonOptionsAndSaysWhatItsOwnAreFor() {
        for (Map.Entry<String, CommandLine> verb : vicino.getSubcommands().entrySet()) {
            var options = verb.getValue().getCommandSpec().optionsMap();

            assertThat(options).as(verb.getKey()).containsKeys("--help", "--json", "--quiet", "--debug");
            assertThat(options.values())
                    .allSatisfy(option -> assertThat(option.description())
                            .as("%s %s", verb.getKey(), option.longestName())
                            .isNotEmpty());
        }
    }

    @Test
    void versionIsThatOfTheBuild() {
        assertThat(vicino.execute("--version")).isZero();
        assertThat(out.toString()).matches("(?s)vicino \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\nJava 2\\d.*");
    }
}
