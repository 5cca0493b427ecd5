package dev.vicino.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: our version, and the Java and system that a report of a fault should name. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "vicino " + number(),
            "Java %s, %s, %s"
                    .formatted(
                            System.getProperty("java.version"),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }

    /** The version that the build wrote into {@code build.properties}. */
    static String number() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
            build.load(Objects.requireNonNull(in, "build.properties is missing from the jar"));
        }
        return build.getProperty("version");
    }
}
