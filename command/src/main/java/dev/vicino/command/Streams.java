package dev.vicino.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.Charset;

/**
 * Standard output and standard error of the process.
 *
 * <p>The launcher takes one JVM warning out of standard error, so it hands the true one over as another descriptor, whose number
 * is in the property {@code vicino.stderr}; what the JVM itself writes still goes through the launcher.
 */
record Streams(PrintWriter out, PrintWriter err) {
    /** Opens both, and makes {@link System#err} the true standard error. */
    static Streams open() {
        System.setErr(standardError());
        OutputStream out = new Loud(new FileOutputStream(FileDescriptor.out));
        return new Streams(
                new PrintWriter(out, true, charset("stdout.encoding")),
                new PrintWriter(System.err, true, charset("stderr.encoding")));
    }

    /** Whether a person may be watching standard error. */
    static boolean errIsTerminal() {
        return Boolean.getBoolean("vicino.terminal");
    }

    private static PrintStream standardError() {
        Integer number = Integer.getInteger("vicino.stderr");
        if (number == null) {
            return System.err;
        }
        try {
            return new PrintStream(new FileOutputStream(descriptor(number)), true, charset("stderr.encoding"));
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return System.err; // a Java of other making; the way through the launcher still works
        }
    }

    /** Java has no public way to a descriptor that was inherited. Opening /dev/fd/3 would make a second one, with an offset of its own. */
    private static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
        Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        return constructor.newInstance(number);
    }

    private static Charset charset(String property) {
        return Charset.forName(System.getProperty(property, "UTF-8"));
    }

    /** An output whose failures are heard: PrintWriter swallows an IOException, and a full disk would pass for success. */
    private static final class Loud extends OutputStream {
        private final OutputStream out;

        Loud(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(new IOException("standard output: " + e.getMessage(), e));
            }
        }
    }
}
