package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a distribution carries it: {@code bin/vicino} beside {@code lib} and {@code runtime}. */
class LauncherTest {
    @TempDir
    private Path temporary;

    private Path home;

    @BeforeEach
    void unpack() throws IOException {
        home = temporary.resolve("a folder with spaces");
        Files.createDirectories(home.resolve("bin"));
        Files.copy(Path.of("../vicino"), home.resolve("bin/vicino"));
    }

    @Test
    void javaGetsTheArgumentsAsTheyAre() throws Exception {
        fakeJava("shift $(($# - 4)); printf '<%s>' \"$@\"");

        assertThat(vicino("search", "two words", "*", "").out).isEqualTo("<search><two words><*><>");
    }

    @Test
    void javaGetsTheOptionsOfTheUserBehindOurs() throws Exception {
        fakeJava("echo \"$@\"");

        assertThat(vicino().out)
                .containsSubsequence(
                        "--add-modules jdk.incubator.vector", "-XX:MaxRAMPercentage", "-Xmx7g", "dev.vicino.cli.Main");
    }

    @Test
    void oneWarningIsLeftOutAndNothingElse() throws Exception {
        fakeJava("""
                echo before >&2
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                echo 'WARNING: another' >&2
                printf 'no line end' >&2
                exit 3""");

        Run run = vicino();

        assertThat(run.err).isEqualTo("before\nWARNING: another\nno line end");
        assertThat(run.exitCode).isEqualTo(3);
    }

    @Test
    void javaItselfStartsThroughALinkAndSaysNothingOnStandardError() throws Exception {
        fakeJava("exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");
        Files.createDirectories(home.resolve("lib"));
        classPathJar(home.resolve("lib/vicino-cli.jar"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of(home.getFileName() + "/bin/vicino"));

        Run version = run(link, "--version");
        Run unknown = run(link, "--vrsion");

        assertThat(version.err).isEmpty();
        assertThat(version.out).startsWith("vicino " + Version.number() + "\n");
        assertThat(version.exitCode).isZero();
        assertThat(unknown.err).startsWith("vicino: unknown option --vrsion");
        assertThat(unknown.exitCode).isEqualTo(2);
    }

    private void fakeJava(String script) throws IOException {
        Path java = home.resolve("runtime/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    /** A jar that holds nothing but the class path of this test. */
    private static void classPathJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> new File(entry).toURI().toString())
                                .collect(Collectors.joining(" ")));
        try (OutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
    }

    private Run vicino(String... arguments) throws Exception {
        return run(home.resolve("bin/vicino"), arguments);
    }

    /** Runs the launcher. What passes standard error on may end after the launcher, so another process reads that to its end. */
    private Run run(Path launcher, String... arguments) throws Exception {
        Path out = temporary.resolve("out");
        Path exitCode = temporary.resolve("exit code");
        String script = "{ sh \"$@\" >'" + out + "'; echo $? >'" + exitCode + "'; } 2>&1 | cat";
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temporary.toFile());
        builder.environment().put("VICINO_JAVA_OPTS", "-Xmx7g");
        Process process = builder.start();
        String err = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return new Run(
                Files.readString(out),
                err,
                Integer.parseInt(Files.readString(exitCode).strip()));
    }

    private record Run(String out, String err, int exitCode) {}
}
