package dev.vicino;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goals as the options of {@code Auto(recall=0.95,k=10,memory=1GiB,latency=2ms,qps=1000,build=10min)}. */
final class GoalWords {
    /** The options, in their order. */
    static final String[] ALL = {"recall", "k", "memory", "latency", "qps", "build"};

    private static final Map<String, Long> SIZES = sizes();
    private static final Map<String, Long> TIMES = times();

    private GoalWords() {}

    /** Units of bytes, the largest first. */
    private static Map<String, Long> sizes() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("TiB", 1L << 40);
        units.put("GiB", 1L << 30);
        units.put("MiB", 1L << 20);
        units.put("KiB", 1L << 10);
        units.put("B", 1L);
        return units;
    }

    /** Units of nanoseconds, the largest first. */
    private static Map<String, Long> times() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("h", 3_600_000_000_000L);
        units.put("min", 60_000_000_000L);
        units.put("s", 1_000_000_000L);
        units.put("ms", 1_000_000L);
        units.put("us", 1_000L);
        units.put("ns", 1L);
        return units;
    }

    /**
     * The goals of some options; those that are missing are left open, the recall is 0.95 at 10.
     *
     * @throws IllegalArgumentException naming the option, its value and what was expected
     */
    static Goals goals(Map<String, String> words) {
        return new Goals(
                number("recall", words.get("recall"), Goals.DEFAULT_RECALL),
                whole("k", words.get("k"), Goals.DEFAULT_K),
                bytes(words.get("memory")),
                time("latency", words.get("latency")),
                number("qps", words.get("qps"), 0),
                time("build", words.get("build")));
    }

    static String text(Goals goals) {
        StringBuilder text = new StringBuilder("recall=" + plain(goals.recall()) + ",k=" + goals.k());
        if (goals.memory() != Goals.ANY_MEMORY) {
            text.append(",memory=").append(inUnits(goals.memory(), SIZES));
        }
        if (goals.latency() != null) {
            text.append(",latency=").append(inUnits(goals.latency().toNanos(), TIMES));
        }
        if (goals.qps() > 0) {
            text.append(",qps=").append(plain(goals.qps()));
        }
        if (goals.buildTime() != null) {
            text.append(",build=").append(inUnits(goals.buildTime().toNanos(), TIMES));
        }
        return text.toString();
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** A whole number of the largest unit that divides it. */
    private static String inUnits(long value, Map<String, Long> units) {
        return units.entrySet().stream()
                .filter(unit -> value % unit.getValue() == 0)
                .findFirst()
                .map(unit -> value / unit.getValue() + unit.getKey())
                .orElseThrow();
    }

    private static double number(String name, @Nullable String text, double otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = " + text + ", expected a number");
        }
    }

    private static int whole(String name, @Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " = " + text + ", expected a whole number");
        }
    }

    private static long bytes(@Nullable String text) {
        return text == null ? Goals.ANY_MEMORY : amount("memory", text, SIZES, "a size, such as 512MiB or 1GiB");
    }

    private static @Nullable Duration time(String name, @Nullable String text) {
        return text == null ? null : Duration.ofNanos(amount(name, text, TIMES, "a time, such as 500us, 2ms or 10min"));
    }

    /** A number and one of the units. */
    private static long amount(String name, String text, Map<String, Long> units, String expected) {
        int letters = 0;
        while (letters < text.length() && !Character.isLetter(text.charAt(letters))) {
            letters++;
        }
        Long unit = units.get(text.substring(letters).strip());
        try {
            if (unit != null) {
                return new BigDecimal(text.substring(0, letters).strip())
                        .multiply(BigDecimal.valueOf(unit))
                        .longValueExact();
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(name + " = " + text + ", expected " + expected, e);
        }
        throw new IllegalArgumentException(name + " = " + text + ", expected " + expected);
    }
}
