package dev.vicino.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a user sees, and what a script gets as the exit code, when something is wrong. */
class FailuresTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.npy");

        assertThat(run(() -> Files.readString(missing))).isEqualTo(1);
        assertThat(err).hasToString("vicino: " + missing + " does not exist\n");
    }

    @Test
    void aFileThatExistsAlreadyIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));

        assertThat(run(() -> Files.writeString(file, "", StandardOpenOption.CREATE_NEW)))
                .isEqualTo(1);
        assertThat(err).hasToString("vicino: " + file + " exists already\n");
    }

    @Test
    void theCauseOfAnUncheckedIoExceptionIsTold() {
        assertThat(run(() -> {
                    throw new UncheckedIOException(new IOException("the disk is gone"));
                }))
                .isEqualTo(1);
        assertThat(err).hasToString("vicino: the disk is gone\n");
    }

    @Test
    void aBadValueIsWrongUsage() {
        assertThat(run(() -> {
                    throw new IllegalArgumentException("k = 0, expected at least 1");
                }))
                .isEqualTo(2);
        assertThat(err).hasToString("vicino: k = 0, expected at least 1\n");
    }

    @Test
    void tooLittleMemoryIsToldWithItsRemedy() {
        assertThat(run(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("vicino: not enough memory (Java heap space)")
                .contains("VICINO_JAVA_OPTS");
    }

    @Test
    void aFaultOfOursIsCalledOne() {
        assertThat(run(() -> {
                    throw new IllegalStateException("never");
                }))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("vicino: internal error").contains("never", "--debug");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void debugShowsTheStackTrace() {
        Callable<?> work = () -> {
            throw new IOException("the disk is gone");
        };

        assertThat(run(work, "work", "--debug")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("vicino: the disk is gone\n")
                .contains("\tat dev.vicino.command.FailuresTest");
    }

    @Test
    void aReaderThatHasGoneAwayIsNoFailure() {
        assertThat(run(() -> {
                    throw new UncheckedIOException(new IOException("standard output: Broken pipe"));
                }))
                .isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void anUnknownVerbIsWrongUsageAndTheNearestIsNamed() {
        assertThat(run(() -> 0, "wrok")).isEqualTo(2);
        assertThat(err).hasToString("vicino: unknown verb wrok; did you mean work?\nTry: vicino --help\n");
    }

    @Test
    void anUnknownOptionIsWrongUsageAndTheNearestIsNamed() {
        assertThat(run(() -> 0, "work", "--effrt=3")).isEqualTo(2);
        assertThat(err)
                .hasToString("vicino: unknown option --effrt; did you mean --effort?\nTry: vicino work --help\n");
    }

    @Test
    void aSlipInARequiredOptionIsNotCalledItsAbsence() {
        assertThat(run(() -> 0, "make", "--ot=a")).isEqualTo(2);
        assertThat(err.toString()).startsWith("vicino: unknown option --ot; did you mean --out?\n");
    }

    @Test
    void whatIsLikeNothingKnownGetsNoSuggestion() {
        assertThat(run(() -> 0, "xylophone")).isEqualTo(2);
        assertThat(err).hasToString("vicino: unknown verb xylophone\nTry: vicino --help\n");
    }

    @Test
    void anArgumentTooManyIsWrongUsage() {
        assertThat(run(() -> 0, "work", "file")).isEqualTo(2);
        assertThat(err.toString()).startsWith("vicino: one argument too many: file\n");
    }

    @Test
    void aValueOfTheWrongTypeIsWrongUsage() {
        assertThat(run(() -> 0, "work", "--effort", "much")).isEqualTo(2);
        assertThat(err.toString()).startsWith("vicino: invalid value for option '--effort': 'much'");
    }

    @Test
    void aWordThatIsNoConstantIsWrongUsageAndThoseThatAreAreNamed() {
        assertThat(run(() -> 0, "work", "--shape", "oval")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith(
                        "vicino: invalid value for option '--shape' (<shapes>): expected one of round, half-round but was 'oval'\n");
    }

    @Test
    void constantsAreWrittenWithHyphensInEitherCase() {
        assertThat(run(() -> 0, "work", "--shape", "half-round,ROUND"))
                .as(err.toString())
                .isZero();
        assertThat(Labels.of(Shape.HALF_ROUND)).isEqualTo("half-round");
    }

    private int run(Callable<?> work, String... arguments) {
        CommandLine vicino =
                Program.of(new Vicino(), new Work(work), new Make()).setErr(new PrintWriter(err, true));
        return vicino.execute(arguments.length == 0 ? new String[] {"work"} : arguments);
    }

    private enum Shape {
        ROUND,
        HALF_ROUND
    }

    @Command(name = "vicino")
    private static final class Vicino {}

    @Command(name = "make")
    private static final class Make implements Callable<Integer> {
        @Option(names = "--out", required = true)
        private String out;

        @Override
        public Integer call() {
            return out.length();
        }
    }

    @Command(name = "work")
    private static final class Work implements Callable<Integer> {
        private final Callable<?> work;

        @Mixin
        private Common common;

        @Option(names = "--effort")
        private int effort;

        @Option(names = "--shape", split = ",")
        private Set<Shape> shapes = Set.of();

        Work(Callable<?> work) {
            this.work = work;
        }

        @Override
        public Integer call() throws Exception {
            work.call();
            common.console().line("effort " + effort + shapes);
            return 0;
        }
    }
}
