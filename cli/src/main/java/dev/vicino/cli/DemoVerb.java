package dev.vicino.cli;

import dev.vicino.cli.demo.Demo;
import dev.vicino.cli.demo.DemoOptions;
import dev.vicino.cli.demo.DemoOptions.CorpusName;
import dev.vicino.cli.demo.Report;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vicino demo}: searches texts that are there on every machine, by meaning. */
@Command(
        name = "demo",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Search texts by meaning: embeds them, builds an index, and answers a few questions.",
            "The first run takes a minute; what it made is kept in the user's cache folder for the next ones."
        },
        footer = "%nFields of --json: corpus, title, texts, dimension, model, spec, kernels, regime, reason, cached, "
                + "folder, notes, seconds {step}, "
                + "answers [{question, embed_us, search_us, hits [{rank, score, source, text}]}]")
final class DemoVerb implements Callable<Integer> {
    private final Path cache;

    @Option(
            names = "--corpus",
            paramLabel = "jdk|drugs",
            defaultValue = "jdk",
            description = "The texts: API documentation of the JDK that runs this, or facts about drugs; "
                    + "${DEFAULT-VALUE} unless told.")
    private CorpusName corpus;

    @Option(
            names = "--query",
            paramLabel = "TEXT",
            description = "A question to answer beside those that the corpus brings; may be given several times.")
    private List<String> queries = List.of();

    @Mixin
    private Common common;

    DemoVerb() {
        this(DemoOptions.defaultCacheDir());
    }

    /** @param cache where what was made is kept between runs */
    DemoVerb(Path cache) {
        this.cache = cache;
    }

    @Override
    public Integer call() throws IOException {
        Console console = common.console();
        var options = new DemoOptions(corpus, queries, DemoOptions.defaultJavaHome(), cache, console::task);
        Report report = Demo.run(options);
        console.result(report, report.text());
        return ExitCode.OK;
    }
}
