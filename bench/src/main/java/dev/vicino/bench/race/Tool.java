package dev.vicino.bench.race;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that do one thing and end. */
public final class Tool {
    private static final int LAST_WORDS = 200;

    private Tool() {}

    /**
     * Runs a program.
     *
     * @param command the program and its arguments
     * @return what it wrote, errors included
     * @throws IOException when there is no such program, or it fails
     */
    public static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                String words = output.strip().replaceAll("\\s+", " ");
                throw new IOException(
                        command.getFirst() + ": " + words.substring(0, Math.min(LAST_WORDS, words.length())));
            }
            return output;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        }
    }
}
