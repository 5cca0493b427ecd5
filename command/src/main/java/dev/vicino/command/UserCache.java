package dev.vicino.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where programs of this user may keep what they can make again: the rule of each operating system. */
public final class UserCache {
    private static final String APPLICATION = "vicino";

    private UserCache() {}

    /** The folder of this application, which may not exist yet. */
    public static Path folder() {
        return folder(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    static Path folder(Map<String, String> environment, String system, Path home) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches").resolve(APPLICATION);
        }
        if (name.startsWith("windows")) {
            return absolute(
                            environment.get("LOCALAPPDATA"),
                            home.resolve("AppData").resolve("Local"))
                    .resolve(APPLICATION);
        }
        return absolute(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"))
                .resolve(APPLICATION);
    }

    /** A folder that an environment variable names, unless it is not set or relative, which does not count. */
    private static Path absolute(@Nullable String value, Path otherwise) {
        return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}
