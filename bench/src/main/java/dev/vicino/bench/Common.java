package dev.vicino.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every benchmark has, and how it writes as they ask. Taken in with {@code @Mixin private Common common}. */
public final class Common {
    static final String DEBUG = "--debug";

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress and no remarks: results and errors only.")
    private boolean quiet;

    @Option(names = DEBUG, description = "Show the stack trace of an error.")
    @SuppressWarnings("unused") // Failures looks for it
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** Whether somebody may be reading along: neither JSON nor quiet was asked for. */
    public boolean isTalkative() {
        return !json && !quiet;
    }

    /**
     * Prints the result of the benchmark, once, on standard output.
     *
     * @param result the record that becomes the JSON object; its components are renamed from oursUs to ours_us
     * @param text the same for people
     */
    public void result(Object result, String text) {
        line().getOut().println(json ? toJson(result) : text);
    }

    /** Prints a remark on standard error. */
    public void remark(String text) {
        if (isTalkative()) {
            line().getErr().println(text);
        }
    }

    private CommandLine line() {
        return verb.commandLine();
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
