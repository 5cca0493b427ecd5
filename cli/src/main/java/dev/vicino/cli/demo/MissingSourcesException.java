package dev.vicino.cli.demo;

import java.io.IOException;

/** The sources of the JDK are not installed, or this Java has no compiler to read them with. */
final class MissingSourcesException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingSourcesException(String message) {
        super(message);
    }
}
