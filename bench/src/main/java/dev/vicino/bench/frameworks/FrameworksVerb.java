package dev.vicino.bench.frameworks;

import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code vicino bench frameworks}: our stores for LangChain4j and Spring AI beside those that come with the frameworks. */
@Command(
        name = "frameworks",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Compare our stores for LangChain4j and Spring AI with InMemoryEmbeddingStore and SimpleVectorStore.",
            "Sentence embeddings go through the interfaces of the frameworks, on one thread, all taking turns: searches, exact and "
                    + "at recall 0.95, and adding all documents."
        },
        footer =
                "%nFields of --json: kernels, java, cores, rounds, affinity, data, k, searches [{peer, floor, recall {mean, low, high, "
                        + "queries}, agreement, millis, peer_millis, ratio {median, low, high}, required}], additions [{peer, how, seconds, "
                        + "peer_seconds, ratio, required}]")
public final class FrameworksVerb implements Callable<Integer> {
    /** Writes a line for every document that it is given; held here, since loggers that nobody holds are forgotten. */
    private static final Logger CHATTY = Logger.getLogger(SimpleVectorStore.class.getName());

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        CHATTY.setLevel(Level.WARNING);
        FrameworksScale scale = options.scale(FrameworksScale.FULL, FrameworksScale.QUICK);
        Corpus corpus = Corpus.load(options.data(scale.rows()).sentences(), scale.queries());
        common.console().remark(corpus.title());
        FrameworksReport report = new FrameworksReport(
                Conditions.here(scale.rounds(), Affinity.none()),
                corpus.title(),
                Engine.K,
                new SearchWork(corpus, scale, common.console()::remark).run(),
                new AddWork(corpus, scale, common.console()::remark).run());
        common.console().result(report, report.table());
        return ExitCode.OK;
    }
}
