package dev.vicino.bench.race;

import java.util.Locale;

/** Texts with figures in them, as tables have them. */
public final class Text {
    private Text() {}

    /** A text, its figures written the same in every country; for the rest as {@link String#format}. */
    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    public static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
