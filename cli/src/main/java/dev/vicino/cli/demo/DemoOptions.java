package dev.vicino.cli.demo;

import dev.vicino.command.Task;
import dev.vicino.command.UserCache;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What the demo is asked to do.
 *
 * @param corpus what to search in
 * @param queries questions to answer after the corpus's own ones; none blank
 * @param javaHome the JDK whose documentation is searched
 * @param cacheDir where libraries are kept between runs; made where it does not exist
 * @param tasks starts a task, given what it does in a word
 */
public record DemoOptions(
        CorpusName corpus, List<String> queries, Path javaHome, Path cacheDir, Function<String, Task> tasks) {
    /** The corpora there are; on the command line they are written in lower case. */
    public enum CorpusName {
        /** The API documentation of a JDK; where its sources are not installed, the drugs. */
        JDK,
        /** Facts about drugs, one sentence each. */
        DRUGS
    }

    /** @throws IllegalArgumentException for a blank question */
    public DemoOptions {
        queries = List.copyOf(queries);
        if (queries.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("query is blank, expected a question");
        }
    }

    /** The JDK that this runs on. */
    public static Path defaultJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Where libraries are kept unless told: in the user's cache folder. */
    public static Path defaultCacheDir() {
        return UserCache.folder().resolve("demo");
    }
}
