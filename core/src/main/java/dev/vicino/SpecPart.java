package dev.vicino;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a spec: its name and its options, none of them understood yet. */
final class SpecPart {
    private final SpecText text;
    private final String name;
    private final int column;
    private final Map<String, Option> options = new LinkedHashMap<>();

    private record Option(String value, int column) {}

    /**
     * Without options yet.
     *
     * @param column where in the text it begins
     */
    SpecPart(SpecText text, String name, int column) {
        this.text = text;
        this.name = name;
        this.column = column;
    }

    String name() {
        return name;
    }

    /** @throws IllegalArgumentException where it has one of that name already */
    void put(String option, String value, int at) {
        if (options.put(option, new Option(value, at)) != null) {
            throw text.error(at, "'" + option + "' is given twice, expected once");
        }
    }

    /** The values of all options. */
    Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        options.forEach((word, option) -> words.put(word, option.value));
        return words;
    }

    /** What to say of this part. */
    IllegalArgumentException error(String what) {
        return text.error(column, what);
    }

    /** @throws IllegalArgumentException pointing at the first option that has another name */
    void allow(String... known) {
        for (Map.Entry<String, Option> entry : options.entrySet()) {
            if (!List.of(known).contains(entry.getKey())) {
                throw text.error(
                        entry.getValue().column,
                        "'" + entry.getKey() + "' is not an option of " + name + ", expected "
                                + (known.length == 0 ? "none" : String.join(" or ", known)));
            }
        }
    }

    boolean flag(String known, boolean otherwise) {
        Option option = options.get(known);
        if (option == null) {
            return otherwise;
        }
        return switch (option.value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw text.error(option.column, known + " = " + option.value + ", expected true or false");
        };
    }

    String word(String known, String otherwise) {
        Option option = options.get(known);
        return option == null ? otherwise : option.value;
    }

    long number(String known, long otherwise) {
        Option option = options.get(known);
        if (option == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(option.value);
        } catch (NumberFormatException e) {
            throw text.error(option.column, known + " = " + option.value + ", expected a whole number");
        }
    }

    /** The number behind the letters of the name; {@code otherwise} where there is none. */
    int suffix(String letters, int otherwise) {
        String digits = name.substring(letters.length());
        return digits.isEmpty() ? otherwise : number(digits);
    }

    /** A number that is a part of the name. */
    int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw error(
                    "'" + name + "' is not understood, " + digits + " is too large a number, expected a smaller one");
        }
    }

    /** What is between the brackets. */
    String argument() {
        StringBuilder argument = new StringBuilder();
        options.forEach((word, option) -> argument.append(argument.isEmpty() ? "" : ",")
                .append(word)
                .append(option.value.isEmpty() ? "" : "=" + option.value));
        return argument.toString();
    }

    boolean matches(Pattern pattern) {
        return pattern.matcher(name).matches();
    }

    /** A part of a name that matches; empty where there is none. */
    String group(Pattern pattern, String group) {
        Matcher matcher = pattern.matcher(name);
        String found = matcher.matches() ? matcher.group(group) : null;
        return found == null ? "" : found;
    }

    boolean isNamed(String letters) {
        return name.startsWith(letters)
                && name.substring(letters.length()).chars().allMatch(Character::isDigit);
    }
}
