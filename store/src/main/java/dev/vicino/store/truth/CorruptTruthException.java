package dev.vicino.store.truth;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The truth is damaged: what stands there is not what was written. It is reported and never served. */
public final class CorruptTruthException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param database the file, or the name of one in memory
     * @param what the table, row or field at fault
     * @param found what stands there
     * @param expected what was written
     */
    public CorruptTruthException(String database, String what, Object found, Object expected) {
        this("%s: %s is %s, expected %s".formatted(database, what, found, expected), (Throwable) null);
    }

    CorruptTruthException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
