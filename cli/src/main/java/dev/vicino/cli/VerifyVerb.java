package dev.vicino.cli;

import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vicino verify}: whether an index file is undamaged. */
@Command(
        name = "verify",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Read a whole index file and compare every checksum; ends with 1 where one differs, saying where.",
        footer = "%nFields of --json: ok, bytes_disk, seconds")
final class VerifyVerb implements Callable<Integer> {
    @Parameters(paramLabel = "INDEX", description = "The index file.")
    private Path file;

    @Mixin
    private Common common;

    /**
     * What was verified.
     *
     * @param ok true: damage is an error, not a result
     * @param bytesDisk size of the file
     * @param seconds time taken
     */
    record Result(boolean ok, long bytesDisk, double seconds) {}

    @Override
    public Integer call() throws IOException {
        Console console = common.console();
        Stopwatch watch = Stopwatch.start();
        try (VectorIndex index = Vicino.open(file)) {
            try (Task task = console.task("verifying")) {
                index.verify(task);
            }
            console.result(new Result(true, index.bytesDisk(), watch.seconds()), "ok");
        }
        return ExitCode.OK;
    }
}
