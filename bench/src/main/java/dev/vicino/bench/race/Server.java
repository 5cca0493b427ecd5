package dev.vicino.bench.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The other side of a {@link Child} where that is a JVM: greets, and replies to commands. */
public final class Server {
    private static final String SEPARATOR = Child.SEPARATOR;

    private final PrintStream out = System.out;

    /** Takes standard output for greeting and replies; whatever else is printed there goes to standard error from now on. */
    public Server() {
        System.setOut(System.err);
    }

    /** What does commands. */
    public interface Commands {
        /**
         * Does one.
         *
         * @param verb the first word
         * @param of the other words
         * @return the fields of the reply
         * @throws IllegalArgumentException for a command that is not known
         */
        List<String> run(String verb, List<String> of) throws IOException;
    }

    /** Greets with what is missing; there will be no replies. */
    public void missing(Throwable reason) {
        out.println("missing" + SEPARATOR + sentence(reason));
    }

    /**
     * Greets, and replies until standard input ends.
     *
     * @param version what it is
     */
    public void serve(String version, Commands commands) throws IOException {
        out.println(String.join(SEPARATOR, "ready", String.valueOf(Affinity.thisThread()), version));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(reply(List.of(line.split(SEPARATOR, -1)), commands));
        }
    }

    private static String reply(List<String> command, Commands commands) {
        try {
            List<String> fields = new ArrayList<>(List.of("ok"));
            fields.addAll(commands.run(command.getFirst(), command.subList(1, command.size())));
            return String.join(SEPARATOR, fields);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            return "error" + SEPARATOR + sentence(e);
        }
    }

    private static String sentence(Throwable e) {
        return String.valueOf(e).replaceAll("\\s+", " ");
    }
}
