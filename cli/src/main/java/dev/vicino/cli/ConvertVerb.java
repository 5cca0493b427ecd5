package dev.vicino.cli;

import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.files.Format;
import dev.vicino.files.IdFiles;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorReader;
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

/** {@code vicino convert}: a vector file, or a table of ids, into another format. */
@Command(
        name = "convert",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Copy a vector file into another format.",
            "IN: npy, fvecs, bvecs, ivecs, or jsonl. OUT: npy or fvecs, both of float32. "
                    + "From ivecs to npy, and whenever OUT is ivecs, the numbers are taken for ids: "
                    + "integers stay integers."
        },
        footer = "%nFields of --json: rows, columns, seconds, bytes_disk")
final class ConvertVerb implements Callable<Integer> {
    @Parameters(paramLabel = "IN", description = "The file to read.")
    private Path in;

    @Option(names = "--out", required = true, paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of IN where its name does not tell: npy, fvecs, bvecs, ivecs or jsonl.")
    private @Nullable Format format;

    @Mixin
    private Common common;

    /**
     * What was done.
     *
     * @param rows rows copied
     * @param columns numbers in a row
     * @param seconds time taken
     * @param bytesDisk size of the file written
     */
    record Result(long rows, int columns, double seconds, long bytesDisk) {
        String text(Path out) {
            return new Summary()
                    .line("rows", "%,d of %,d numbers", rows, columns)
                    .line("time", Summary.time(seconds))
                    .line("file", "%s, %s", out, Summary.bytes(bytesDisk))
                    .toString();
        }
    }

    @Override
    public Integer call() throws IOException {
        Format from = Arguments.format(in, format);
        Format to = Format.of(out);
        boolean ids = to == Format.IVECS || (from == Format.IVECS && to == Format.NPY);
        Arguments.requireWritable(out, in);
        Console console = common.console();
        Result result = ids ? copyIds(console) : copyVectors(from, console);
        console.result(result, result.text(out));
        return ExitCode.OK;
    }

    private Result copyVectors(Format from, Console console) throws IOException {
        Format to = Arguments.vectorFormat(out);
        Stopwatch watch = Stopwatch.start();
        try (Task task = console.task("converting")) {
            Interruptible.run(() -> VectorFiles.convert(in, from, out, to, task));
        }
        double seconds = watch.seconds();
        try (VectorReader written = VectorFiles.open(out, to)) {
            return new Result(written.count(), written.dimension(), seconds, Files.size(out));
        }
    }

    private Result copyIds(Console console) throws IOException {
        if (format != null) {
            throw new IllegalArgumentException(
                    "format = " + format.label() + ", expected none: files of ids are told by their names");
        }
        Stopwatch watch = Stopwatch.start();
        try (Task task = console.task("converting")) {
            long[][] table = IdFiles.table(in);
            task.update(0, table.length);
            Interruptible.run(() -> IdFiles.write(out, table));
            return new Result(table.length, table[0].length, watch.seconds(), Files.size(out));
        }
    }
}
