package dev.vicino.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines. */
final class Wrap {
    private Wrap() {}

    /** Lines of at most {@code width} characters, broken at spaces, or anywhere in a word that is longer than a line. */
    static List<String> lines(String text, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("width = " + width + ", expected at least 1");
        }
        var lines = new ArrayList<String>();
        String rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end).strip());
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
