package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.cli.demo.Report;
import dev.vicino.command.Program;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** With the real model, and a cache of its own. */
class DemoVerbTest {
    @Command(name = "vicino")
    private static final class Vicino {}

    @TempDir
    private Path folder;

    private Run demo(Object... arguments) {
        Object[] all = Stream.concat(Stream.of("demo"), Stream.of(arguments)).toArray();
        return Run.of(Program.of(new Vicino(), new DemoVerb(folder)), all);
    }

    @Test
    void answersItsOwnQuestionsAndThoseAsked() throws IOException {
        String text = demo("--corpus", "drugs", "--query", "How do smokers quit?")
                .succeeds()
                .out();
        String[] fields = Stream.of(Report.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toArray(String[]::new);
        JsonNode json = demo("--corpus", "DRUGS", "--query", "How do smokers quit?", "--query", "@home", "--json")
                .json(fields);

        assertThat(text).contains("metformin", "How do smokers quit?");
        assertThat(json.get("corpus").textValue()).isEqualTo("drugs");
        assertThat(json.get("cached").booleanValue()).isTrue();
        assertThat(json.get("folder").textValue()).startsWith(folder.toString());
        assertThat(json.get("answers")).hasSize(5);
        JsonNode answer = json.get("answers").get(0);
        assertThat(Run.fieldsOf(answer)).containsExactly("question", "embed_us", "search_us", "hits");
        assertThat(Run.fieldsOf(answer.get("hits").get(0))).containsExactly("rank", "score", "source", "text");
    }

    @Test
    void whatIsNotUnderstoodIsWrongUsage() {
        demo("--corpus", "recipes").fails(2, "--corpus", "recipes", "jdk, drugs");
        demo("--corpus", "drugs", "--query", " ").fails(2, "query is blank, expected a question");
    }
}
