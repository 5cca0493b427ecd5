package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class HelpTest {
    /** A verb, its arguments, its own options, and the fields of its JSON object where scripts may rely on them. */
    record Verb(String name, List<String> arguments, List<String> options, String fields) {}

    static Stream<Verb> verbs() {
        return Stream.of(
                new Verb("demo", List.of(), List.of("--corpus", "--query"), ""),
                new Verb("embed", List.of("TEXTS"), List.of("--out", "--field", "--format"), ""),
                new Verb("convert", List.of("IN"), List.of("--out", "--format"), ""),
                new Verb(
                        "build",
                        List.of("VECTORS"),
                        List.of(
                                "--out",
                                "--spec",
                                "--device",
                                "--recall",
                                "--k",
                                "--memory",
                                "--seed",
                                "--metric",
                                "--threads",
                                "--format"),
                        "spec, metric, vectors, dimension, threads, seconds, bytes_memory, bytes_disk"),
                new Verb(
                        "advise",
                        List.of("VECTORS"),
                        List.of(
                                "--queries",
                                "--recall",
                                "--k",
                                "--memory",
                                "--latency",
                                "--metric",
                                "--threads",
                                "--format",
                                "--report"),
                        "regime, reason, spec, effort, recall {mean, low, high, queries}, recall_under_80, "
                                + "latency_us {mean, p50, p95, p99, max}, bytes_memory, build_seconds, "
                                + "alternatives [{spec, why_not, recall, latency_us, bytes_memory, build_seconds}], "
                                + "remarks, seconds {stage}"),
                new Verb("truth", List.of("VECTORS", "QUERIES"), List.of("--out", "--k", "--metric", "--format"), ""),
                new Verb(
                        "search",
                        List.of("INDEX", "QUERIES"),
                        List.of(
                                "--k",
                                "--radius",
                                "--out",
                                "--truth",
                                "--exact",
                                "--effort",
                                "--rerank",
                                "--filter",
                                "--device",
                                "--batch",
                                "--threads",
                                "--repeat",
                                "--format"),
                        "spec, metric, vectors, dimension, queries, k, effort, batch, threads, seconds, qps, "
                                + "latency_us {mean, p50, p95, p99, max}, recall, recall_under_80, distances_per_query, bytes_memory"),
                new Verb("info", List.of("INDEX"), List.of(), ""),
                new Verb("verify", List.of("INDEX"), List.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theHelpOfAVerbTellsEveryOptionAndField(Verb verb) {
        String help = Run.vicino(verb.name, "--help").succeeds().out();

        String onOneLine = help.replaceAll("\\s+", " ");
        assertThat(onOneLine)
                .contains(Stream.concat(Stream.of("vicino " + verb.name), verb.arguments.stream())
                        .toList());
        assertThat(onOneLine).contains("Fields of --json: " + verb.fields);
        for (String option : verb.options) {
            assertThat(help).containsPattern("(?m)^ +(-\\w, )?" + option + "\\b");
        }
        assertThat(help).contains("--json", "--quiet", "--debug", "--help").doesNotContain("${", "%n");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbHasTheOptionsAndArgumentsToldAndNoOthers(Verb verb) {
        CommandSpec spec = Main.commandLine().getSubcommands().get(verb.name).getCommandSpec();

        List<String> common = List.of("--json", "--quiet", "--debug", "-h", "--help");
        assertThat(spec.optionsMap().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(verb.options, common).flatMap(List::stream).toList());
        assertThat(spec.positionalParameters())
                .extracting(PositionalParamSpec::paramLabel)
                .containsExactlyElementsOf(verb.arguments);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void anUnknownOptionIsWrongUsage(Verb verb) {
        Stream<String> out = verb.options.contains("--out") ? Stream.of("--out", "x.npy") : Stream.of();
        Object[] arguments = Stream.of(Stream.of(verb.name), verb.arguments.stream(), out, Stream.of("--colour"))
                .flatMap(words -> words)
                .toArray();
        Run.vicino(arguments).fails(2, "unknown option --colour", "Try: vicino " + verb.name + " --help");
    }

    @Test
    void whatIsNotThereYetIsAnUnknownOption() {
        Run.vicino("search", "i", "q.npy", "--recall", "0.9").fails(2, "unknown option --recall");
    }

    @Test
    void aMissingArgumentIsWrongUsage() {
        Run.vicino("build", "v.npy").fails(2, "--out");
        Run.vicino("search", "i").fails(2, "QUERIES");
        Run.vicino("verify").fails(2, "INDEX");
        Run.vicino("info", "a", "b").fails(2, "one argument too many: b");
    }
}
