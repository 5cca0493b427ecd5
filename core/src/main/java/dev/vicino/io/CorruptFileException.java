package dev.vicino.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file does not say what its format requires: truncated, damaged, or not of that format. The data, not the caller, is at fault. */
public final class CorruptFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param file the file at fault
     * @param offset where in the file, in bytes
     * @param what the field or section at fault, as the format names it
     * @param found what stands there
     * @param expected what the format requires
     */
    public CorruptFileException(Path file, long offset, String what, Object found, Object expected) {
        super("%s: at byte %d, %s is %s, expected %s".formatted(file, offset, what, found, expected));
    }
}
