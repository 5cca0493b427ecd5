package dev.vicino.bench.ann.engine;

import java.nio.file.Path;

/** Versions of libraries. */
final class Jars {
    private static final String ENDING = ".jar";

    private Jars() {}

    /** Name and version of the library that a class comes from, as its file is called: {@code lucene-core-10.6.0}. */
    static String nameOf(Class<?> type) {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().getPath();
        String name = String.valueOf(Path.of(location).getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
