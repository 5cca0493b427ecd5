package dev.vicino.bench.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Another process that searches on command, so that it can take turns with this one. Commands go to its standard input and
 * replies come from its standard output, one line each, fields separated by tabs. When it starts it says
 *
 * <pre>
 * ready    THREAD VERSION      the system's number of the thread that searches, and what it is
 * missing  REASON              what it needs is not there; it ends
 * </pre>
 *
 * and then it replies to each command by {@code ok} and the fields of the reply, or by {@code error} and a reason. Every process knows
 *
 * <pre>
 * memory   → bytes anonymous, bytes on large pages
 * </pre>
 *
 * and what else its comparison asks. It ends when its standard input does.
 */
public final class Child implements AutoCloseable {
    static final String SEPARATOR = "\t";
    private static final int LAST_WORDS = 3;
    private static final int PATIENCE_SECONDS = 5;

    private final String name;
    private final Process process;
    private final Path errors;
    private final Writer commands;
    private final BufferedReader replies;

    private final long thread;
    private final String version;

    private Child(String name, Process process, Path errors) throws IOException {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.replies = process.inputReader(StandardCharsets.UTF_8);
        try {
            List<String> greeting = reply();
            if (!greeting.getFirst().equals("ready")) {
                throw new IOException(name + ": " + String.join(" ", greeting));
            }
            this.thread = Long.parseLong(greeting.get(1));
            this.version = greeting.get(2);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a process and waits until it is ready.
     *
     * @param name what errors call it
     * @param environment what is set in its environment beside our own
     * @throws IOException when it cannot be started, or misses what it needs
     */
    public static Child start(String name, List<String> command, Map<String, String> environment) throws IOException {
        Path errors = Files.createTempFile("vicino-bench", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new Child(name, builder.start(), errors);
        } catch (IOException e) {
            Files.deleteIfExists(errors);
            throw e;
        }
    }

    /**
     * Sends a command and waits for what it replies.
     *
     * @throws IOException when it failed, or the process ended
     */
    public List<String> request(Object... fields) throws IOException {
        String command = Arrays.stream(fields).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        List<String> reply = reply();
        if (!reply.getFirst().equals("ok")) {
            throw new IOException("%s: %s: %s".formatted(name, command.replace('\t', ' '), String.join(" ", reply)));
        }
        return reply.subList(1, reply.size());
    }

    private List<String> reply() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw ended(null);
        }
        return List.of(line.split(SEPARATOR, -1));
    }

    /** Memory of the process, now. */
    public ProcessMemory memory() throws IOException {
        List<String> reply = request("memory");
        return new ProcessMemory(Long.parseLong(reply.getFirst()), Long.parseLong(reply.getLast()));
    }

    /** The system's number of the thread that searches; 0 where it does not say. */
    public long thread() {
        return thread;
    }

    /** What it is. */
    public String version() {
        return version;
    }

    private IOException ended(@Nullable IOException cause) throws IOException {
        List<String> said = Files.readAllLines(errors);
        List<String> last = said.subList(Math.max(0, said.size() - LAST_WORDS), said.size());
        return new IOException(name + " ended: " + String.join(" / ", last), cause);
    }

    @Override
    public void close() throws IOException {
        try (commands;
                replies) {
            commands.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // it ended before us, and nothing is lost
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
