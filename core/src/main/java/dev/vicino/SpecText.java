package dev.vicino;

import java.util.ArrayList;
import java.util.List;

/** The text of a spec, {@code Name(option=value,…),Name…}, cut into its parts; every error points at the column that it is about. */
final class SpecText {
    private final String text;
    private int at;

    SpecText(String text) {
        this.text = text;
    }

    /** All parts, one at least. */
    List<SpecPart> parts() {
        List<SpecPart> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (accept(','));
        if (at < text.length()) {
            throw error(at, "'" + text.charAt(at) + "' is out of place, expected ',' or the end");
        }
        return parts;
    }

    private SpecPart part() {
        skipBlanks();
        int column = at;
        while (at < text.length() && ",()=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(column, at).strip();
        if (name.isEmpty()) {
            throw error(column, "a part is missing, expected " + SpecParser.NAVIGATORS);
        }
        SpecPart part = new SpecPart(this, name, column);
        if (accept('(')) {
            do {
                option(part);
            } while (accept(','));
            if (!accept(')')) {
                throw error(at, "the bracket is not closed, expected ')'");
            }
        }
        return part;
    }

    private void option(SpecPart part) {
        skipBlanks();
        int column = at;
        int end = at;
        while (end < text.length() && ",)".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String[] sides = text.substring(at, end).split("=", -1);
        if (sides.length == 1 && part.name().equals("Refine")) {
            sides = new String[] {sides[0], ""};
        }
        if (sides.length != 2) {
            throw error(column, "'" + text.substring(at, end) + "' is not an option, expected name=value");
        }
        at = end;
        part.put(sides[0].strip(), sides[1].strip(), column);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean accept(char wanted) {
        boolean found = at < text.length() && text.charAt(at) == wanted;
        if (found) {
            at++;
        }
        return found;
    }

    /** The column behind the last. */
    int end() {
        return text.length();
    }

    /** What to say of a column, counted from 0. */
    IllegalArgumentException error(int column, String what) {
        return new IllegalArgumentException("spec: " + what + "\n    " + text + "\n    " + " ".repeat(column) + "^");
    }
}
