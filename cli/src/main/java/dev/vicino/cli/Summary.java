package dev.vicino.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A few facts for a person, one a line: a label, blanks up to a common column, and the value. */
final class Summary {
    private static final String[] BYTE_UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private final List<Line> lines = new ArrayList<>();

    private record Line(String label, String value) {}

    /**
     * Adds a line.
     *
     * @param format of the value, with its arguments, as in {@link String#format}
     */
    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    Summary line(String label, String format, Object... arguments) {
        lines.add(new Line(label, String.format(Locale.ROOT, format, arguments)));
        return this;
    }

    /** All lines, the last one not ended. */
    @Override
    public String toString() {
        int width = lines.stream().mapToInt(line -> line.label.length()).max().orElse(0) + 2;
        List<String> texts = lines.stream()
                .map(line -> line.label + " ".repeat(width - line.label.length()) + line.value)
                .toList();
        return String.join(System.lineSeparator(), texts);
    }

    /** A number of bytes in the largest unit that leaves at least one of it: {@code 190.4 MiB}. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, BYTE_UNITS[unit]);
    }

    /** A time with three digits: {@code 1.25 s}, {@code 830 µs}. */
    static String time(double seconds) {
        double micros = seconds * 1e6;
        if (micros < 999.5) {
            return digits(micros) + " µs";
        }
        return micros < 999_500 ? digits(micros / 1e3) + " ms" : digits(seconds) + " s";
    }

    private static String digits(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
