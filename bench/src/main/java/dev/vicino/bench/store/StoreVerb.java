package dev.vicino.bench.store;

import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vicino bench store}: durable collections. */
@Command(
        name = "store",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Measure durable collections, beside the bare index and beside other stores.",
            "Every write is on disk when it returns: in the folder of --cache, whose disk is measured. Searches ask one query a call on"
                    + " one thread, k = 10."
        },
        footer = "%nWhat is measured:%n"
                + "  upsert         writes of 4 clients in batches of 100, and of 16 clients%n"
                + "                 point by point, where there is no graph%n"
                + "  live           the former while a graph takes the points in%n"
                + "  search         what a search costs beyond that of the bare index,%n"
                + "                 and what the payload of 10 points costs beyond that%n"
                + "  filtered       filters of 50, 10, 1 and 0.1 %%: no filter%n"
                + "  build          p99 of searches while another index is built: at rest%n"
                + "  open           opening, until the first answer%n"
                + "  memory-stores  LangChain4j InMemoryEmbeddingStore and Spring AI%n"
                + "                 SimpleVectorStore, over 100,000 points%n"
                + "  lucene         filtered search of Lucene, whose index is kept%n"
                + "%nFields of --json: kernels, java, cores, rounds, affinity, data, points,%n"
                + "queries, k, rows [{work, at, unit, ours, ours_value, against,%n"
                + "against_value, ratio {median, low, high}, asked {bound, at_most}, reached}],%n"
                + "left_out [{name, reason}]")
public final class StoreVerb implements Callable<Integer> {
    @Option(
            names = "--work",
            split = ",",
            paramLabel = "NAME",
            description = "What to measure (default: all): ${COMPLETION-CANDIDATES}.")
    private @Nullable Set<StoreWork> work;

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        StoreScale scale = options.scale(StoreScale.FULL, StoreScale.QUICK);
        Set<StoreWork> works = work == null ? EnumSet.allOf(StoreWork.class) : EnumSet.copyOf(work);
        try (Material material = Material.load(options.data(scale.rows()))) {
            Setting setting = new Setting(
                    scale, material, options.folder(), new ArrayList<>(), new ArrayList<>(), common.console()::remark);
            try (StoreBench bench = new StoreBench(setting, works)) {
                StoreReport report = bench.run();
                common.console().result(report, report.table());
            }
        }
        return ExitCode.OK;
    }
}
