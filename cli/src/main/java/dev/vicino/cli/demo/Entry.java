package dev.vicino.cli.demo;

/**
 * One text of a corpus. Stored as one line: source, tabulator, text.
 *
 * @param source where the text is from, such as {@code java.util.List#subList(int,int)}
 * @param text what is searched for; a sentence on one line
 */
record Entry(String source, String text) {
    /** @throws IllegalArgumentException for a field that is blank, or holds a line break or another control character */
    Entry {
        requireLine("source", source);
        requireLine("text", text);
    }

    private static void requireLine(String name, String value) {
        if (value.isBlank() || value.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(name + " = \"" + value + "\", expected one line that is not blank");
        }
    }

    /** @throws IllegalArgumentException for a line that {@link #line} does not make */
    static Entry fromLine(String line) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
            throw new IllegalArgumentException("line = \"" + line + "\", expected source, tabulator, text");
        }
        return new Entry(line.substring(0, tab), line.substring(tab + 1));
    }

    /** The entry as a line, without its end. */
    String line() {
        return source + "\t" + text;
    }
}
