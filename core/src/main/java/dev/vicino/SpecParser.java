package dev.vicino;

import dev.vicino.IndexSpec.Flat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code Name(option=value,…),Name…}; every error points at the column that it is about. */
final class SpecParser {
    private final String text;
    private int at;

    SpecParser(String text) {
        this.text = text;
    }

    IndexSpec spec() {
        List<Part> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (accept(','));
        if (at < text.length()) {
            throw error(at, "'" + text.charAt(at) + "' is out of place, expected ',' or the end");
        }
        Part first = parts.getFirst();
        if (!first.name.equals("Flat")) {
            throw error(first.column, "'" + first.name + "' is not understood, expected Flat");
        }
        if (parts.size() > 1) {
            Part second = parts.get(1);
            throw error(second.column, "'" + second.name + "' is not understood after Flat, expected the end");
        }
        return new IndexSpec(new Flat(first.flag("prune", true)));
    }

    private Part part() {
        skipBlanks();
        int column = at;
        while (at < text.length() && ",()=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(column, at).strip();
        if (name.isEmpty()) {
            throw error(column, "a part is missing, expected Flat");
        }
        Part part = new Part(name, column, new LinkedHashMap<>());
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

    private void option(Part part) {
        skipBlanks();
        int column = at;
        int end = at;
        while (end < text.length() && ",)".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String[] sides = text.substring(at, end).split("=", -1);
        if (sides.length != 2) {
            throw error(column, "'" + text.substring(at, end) + "' is not an option, expected name=value");
        }
        at = end;
        Option option = new Option(sides[1].strip(), column);
        if (part.options.put(sides[0].strip(), option) != null) {
            throw error(column, "'" + sides[0].strip() + "' is given twice, expected once");
        }
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

    private IllegalArgumentException error(int column, String what) {
        return new IllegalArgumentException("spec: " + what + "\n    " + text + "\n    " + " ".repeat(column) + "^");
    }

    private record Option(String value, int column) {}

    private final class Part {
        final String name;
        final int column;
        final Map<String, Option> options;

        Part(String name, int column, Map<String, Option> options) {
            this.name = name;
            this.column = column;
            this.options = options;
        }

        /** The value of the only option that this part may have. */
        boolean flag(String known, boolean otherwise) {
            for (Map.Entry<String, Option> entry : options.entrySet()) {
                if (!entry.getKey().equals(known)) {
                    throw error(
                            entry.getValue().column,
                            "'" + entry.getKey() + "' is not an option of " + name + ", expected " + known);
                }
            }
            Option option = options.get(known);
            if (option == null) {
                return otherwise;
            }
            return switch (option.value) {
                case "true" -> true;
                case "false" -> false;
                default -> throw error(option.column, known + " = " + option.value + ", expected true or false");
            };
        }
    }
}
