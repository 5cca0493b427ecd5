package dev.vicino.cli;

import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.embed.MiniLm;
import dev.vicino.embed.TextEmbedder;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino embed}: a file of texts into a file of vectors, a row a text. */
@Command(
        name = "embed",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Turn texts into vectors, such that texts of like meaning have vectors of high cosine.",
            "TEXTS: txt, a text a line, or jsonl, an object a line; UTF-8. VECTORS: npy or fvecs, a row a text."
        },
        footer = "%nFields of --json: model, vectors, dimension, seconds, bytes_disk")
final class EmbedVerb implements Callable<Integer> {
    @Parameters(paramLabel = "TEXTS", description = "The texts.")
    private Path texts;

    @Option(names = "--out", required = true, paramLabel = "VECTORS", description = "The file of vectors to write.")
    private Path out;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description = "The field of jsonl that holds the text; text unless told.")
    private @Nullable String field;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of TEXTS where its name does not tell: txt or jsonl.")
    private TextFile.@Nullable Kind format;

    @Mixin
    private Common common;

    /**
     * What was done.
     *
     * @param vectors texts embedded
     * @param seconds time taken, without loading the model
     * @param bytesDisk size of the file
     */
    record Result(String model, long vectors, int dimension, double seconds, long bytesDisk) {
        String text(Path out) {
            return new Summary()
                    .line("vectors", "%,d of dimension %,d", vectors, dimension)
                    .line("model", "%s", model)
                    .line("time", "%s, %,.0f texts a second", Summary.time(seconds), vectors / seconds)
                    .line("file", "%s, %s", out, Summary.bytes(bytesDisk))
                    .toString();
        }
    }

    @Override
    public Integer call() throws IOException {
        TextFile source = TextFile.of(texts, format, field);
        Format to = Arguments.vectorFormat(out);
        Arguments.requireWritable(out, texts);
        long count = count(source);
        Console console = common.console();
        try (TextEmbedder embedder = MiniLm.load()) {
            Stopwatch watch = Stopwatch.start();
            Interruptible.run(() -> embed(source, count, embedder, to, console));
            Result result = new Result(embedder.name(), count, embedder.dimension(), watch.seconds(), Files.size(out));
            console.result(result, result.text(out));
        }
        return ExitCode.OK;
    }

    /** Reads all texts once beforehand: a line that cannot be read is better found now than after hours. */
    private static long count(TextFile source) throws IOException {
        long[] count = {0};
        source.forEach(text -> count[0]++);
        if (count[0] == 0) {
            throw new IllegalArgumentException("texts = " + source.file() + " has no texts, expected at least one");
        }
        return count[0];
    }

    private void embed(TextFile source, long count, TextEmbedder embedder, Format to, Console console)
            throws IOException {
        try (VectorWriter writer = VectorFiles.create(out, to, embedder.dimension());
                Task task = console.task("embedding")) {
            var chunks = new EmbeddingWriter(embedder, writer, count, task);
            source.forEach(chunks::add);
            chunks.finish();
            writer.commit();
        }
    }
}
