package dev.vicino.embed;

import java.io.IOException;

/** A text model cannot run on this machine: its native libraries do not exist for the platform, or cannot be unpacked. */
public final class ModelUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    ModelUnavailableException(Throwable cause) {
        super(
                ("The text model cannot run on %s, %s: %s. It needs Linux on x86-64 or aarch64, macOS on aarch64, or Windows on"
                                + " x86-64, and folders for temporary files that can be written to")
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), root(cause)),
                cause);
    }

    /** What loads native libraries wraps the reason in several layers that say nothing. */
    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
