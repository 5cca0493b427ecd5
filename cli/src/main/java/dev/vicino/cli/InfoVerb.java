package dev.vicino.cli;

import dev.vicino.IndexInfo;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.command.Common;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vicino info}: what an index file is, and what it is searched with here. */
@Command(
        name = "info",
        sortOptions = false,
        sortSynopsis = false,
        description = "Show what an index file holds, and what it is searched with on this machine.",
        footer = {
            "%nFields of --json: spec, metric, vectors, dimension, bytes_memory, bytes_disk, "
                    + "format_version, sections [{name, bytes}], kernels, bytes_large_pages, code_loss",
            "code_loss is the mean squared distance of a vector from what its code stands for; null without a code.",
            "bytes_memory is what the open index takes beside the mapped file; "
                    + "bytes_large_pages is the memory of this process on large pages."
        })
final class InfoVerb implements Callable<Integer> {
    @Parameters(paramLabel = "INDEX", description = "The index file.")
    private Path file;

    @Mixin
    private Common common;

    /**
     * What an index is.
     *
     * @param bytesMemory what it takes beside the mapped file
     * @param bytesDisk size of the file
     * @param sections the parts of the file
     * @param kernels what the inner loops run on
     * @param bytesLargePages memory of this process on large pages, with the index open
     * @param codeLoss what the code loses of a vector; null where there is none
     */
    record Result(
            String spec,
            String metric,
            int vectors,
            int dimension,
            long bytesMemory,
            long bytesDisk,
            int formatVersion,
            List<IndexInfo.Section> sections,
            String kernels,
            long bytesLargePages,
            @Nullable Double codeLoss) {
        String text() {
            Summary summary = new Summary()
                    .line("index", "%s, %s", spec, metric)
                    .line("vectors", "%,d of dimension %,d", vectors, dimension)
                    .line("disk", Summary.bytes(bytesDisk))
                    .line("memory", "%s beside the mapped file", Summary.bytes(bytesMemory))
                    .line("kernels", "%s", kernels)
                    .line(
                            "large pages",
                            bytesLargePages == 0 ? "not in use" : Summary.bytes(bytesLargePages) + " in use")
                    .line("format", "version %d, %d sections", formatVersion, sections.size());
            if (codeLoss != null) {
                summary.line("code loss", "%.4g, the mean of ‖x − x′‖²", codeLoss);
            }
            sections.forEach(section -> summary.line("  " + section.name(), Summary.bytes(section.bytes())));
            return summary.toString();
        }
    }

    @Override
    public Integer call() throws IOException {
        IndexInfo info = IndexInfo.read(file);
        try (VectorIndex index = Vicino.open(file)) {
            index.awaitLoaded();
            Result result = new Result(
                    index.spec().toString(),
                    index.metric().label(),
                    index.size(),
                    index.dimension(),
                    index.bytesMemory(),
                    index.bytesDisk(),
                    info.formatVersion(),
                    info.sections(),
                    Vicino.kernels(),
                    Vicino.bytesOnLargePages(),
                    index.codeLoss().isPresent() ? (Double) index.codeLoss().getAsDouble() : null);
            common.console().result(result, result.text());
        }
        return ExitCode.OK;
    }
}
