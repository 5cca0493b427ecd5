package dev.vicino.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;

/**
 * What a verb writes to: results on standard output, remarks and progress on standard error. Under {@code --json} one object
 * is all that standard output gets.
 *
 * @param out standard output
 * @param err standard error
 * @param json whether results are JSON
 * @param quiet whether remarks and progress are left out
 */
public record Console(PrintWriter out, PrintWriter err, boolean json, boolean quiet) {
    /**
     * Prints the result of the verb, once.
     *
     * @param result the record that becomes the JSON object; its components are renamed from latencyUs to latency_us
     * @param text the same for people
     */
    public void result(Object result, String text) {
        out.println(json ? toJson(result) : text);
    }

    /** Prints a line for people on standard output; nothing under {@code --json}. */
    public void line(String text) {
        if (!json) {
            out.println(text);
        }
    }

    /** Prints a remark on standard error. */
    public void remark(String text) {
        if (isTalkative()) {
            err.println(text);
        }
    }

    /** Starts a piece of work; a progress bar shows it on a terminal. */
    public Task task(String name) {
        return Streams.errIsTerminal() && isTalkative() ? new ShownTask(name) : new HiddenTask();
    }

    /** Whether somebody may be reading along: neither JSON nor quiet was asked for. */
    public boolean isTalkative() {
        return !json && !quiet;
    }

    private static String toJson(Object result) {
        try {
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build()
                    .writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(result.getClass() + " cannot be written as JSON", e);
        }
    }
}
