package dev.vicino.bench.race;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How processes are started: their commands and environment. */
public final class Launch {
    /** Large pages for what the C library allocates, as our rows have. */
    public static final Map<String, String> LARGE_PAGES = Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private Launch() {}

    /** The command of another JVM, of this version and with the classes of this one. */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * The command of a script of ours.
     *
     * @param python the command that runs Python 3
     * @param beside the class in whose folder the script lies
     */
    public static List<String> python(String python, Class<?> beside, String script) throws IOException {
        return List.of(python, "-u", "-c", new String(resource(beside, script), StandardCharsets.UTF_8));
    }

    /** A file of ours in the jar, in the folder of a class. */
    public static byte[] resource(Class<?> beside, String name) throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name + " is missing from the jar").readAllBytes();
        }
    }
}
