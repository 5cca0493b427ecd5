package dev.vicino.advise;

import java.util.Locale;

/** Figures in sentences. */
final class Figures {
    private Figures() {}

    /** A time in the unit that suits it: {@code 180 µs}, {@code 2.1 ms}, {@code 34 s}. */
    static String micros(double micros) {
        if (micros < 1e3) {
            return text("%.0f µs", micros);
        }
        return micros < 1e6 ? text("%.1f ms", micros / 1e3) : text("%.1f s", micros / 1e6);
    }

    static String bytes(long bytes) {
        return bytes < 1 << 30 ? text("%.1f MiB", bytes * 0x1p-20) : text("%.2f GiB", bytes * 0x1p-30);
    }

    static String recall(double recall) {
        return text("%.4f", recall);
    }

    /** A text, its figures written the same in every country. */
    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
