package dev.vicino.command;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** How constants of enums are written on the command line: {@code plain-single} for {@code PLAIN_SINGLE}. */
public final class Labels {
    private Labels() {}

    /** The label of a constant. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Has a verb take the constants of its arguments by their labels, in letters of either case. */
    static void register(CommandLine verb) {
        for (ArgSpec argument : verb.getCommandSpec().args()) {
            for (Class<?> type : argument.auxiliaryTypes()) {
                register(verb, type);
            }
        }
    }

    private static <T> void register(CommandLine verb, Class<T> type) {
        T[] constants = type.getEnumConstants();
        if (constants != null) {
            verb.registerConverter(type, word -> constant(constants, word));
        }
    }

    private static <T> T constant(T[] constants, String word) {
        return Stream.of(constants)
                .filter(constant -> of((Enum<?>) constant).equalsIgnoreCase(word))
                .findAny()
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + Stream.of(constants)
                                .map(constant -> of((Enum<?>) constant))
                                .collect(Collectors.joining(", "))
                        + " but was '" + word + "'"));
    }
}
