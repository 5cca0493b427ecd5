package dev.vicino.store;

import java.util.regex.Pattern;

/** Names of collections and aliases: they are names of folders, too. */
final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}");

    private Names() {}

    static void check(String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw new IllegalArgumentException("name = " + name
                    + ", expected 1..255 letters, digits, dots, hyphens or underscores, and no dot at the beginning");
        }
    }
}
