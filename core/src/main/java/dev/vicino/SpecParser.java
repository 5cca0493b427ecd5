package dev.vicino;

import dev.vicino.IndexSpec.Auto;
import dev.vicino.IndexSpec.BallTree;
import dev.vicino.IndexSpec.Code;
import dev.vicino.IndexSpec.Flat;
import dev.vicino.IndexSpec.Float16;
import dev.vicino.IndexSpec.Float32;
import dev.vicino.IndexSpec.Hnsw;
import dev.vicino.IndexSpec.Int8;
import dev.vicino.IndexSpec.Ivf;
import dev.vicino.IndexSpec.KdTree;
import dev.vicino.IndexSpec.Navigator;
import dev.vicino.IndexSpec.Product;
import dev.vicino.IndexSpec.RaBitQ;
import dev.vicino.IndexSpec.Refine;
import dev.vicino.IndexSpec.Rotation;
import dev.vicino.tree.TreeParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Name(option=value,…),Name…}; every error points at the column that it is about. */
final class SpecParser {
    private static final String NAVIGATORS = "Flat, KDTree, BallTree, HNSW<M>, IVF<nlist> or Auto";

    /** Where a navigator is named without its number. */
    private static final int DEFAULT_M = 16;

    private static final Pattern PRODUCT = Pattern.compile("PQ(?<m>[0-9]+)(?<fast>x4fs)?(?<residual>r)?");

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
        return new Composition(parts).spec();
    }

    private Part part() {
        skipBlanks();
        int column = at;
        while (at < text.length() && ",()=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(column, at).strip();
        if (name.isEmpty()) {
            throw error(column, "a part is missing, expected " + NAVIGATORS);
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
        if (sides.length == 1 && part.name.equals("Refine")) {
            sides = new String[] {sides[0], ""};
        }
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

        /** @throws IllegalArgumentException pointing at the first option that has another name */
        void allow(String... known) {
            for (Map.Entry<String, Option> entry : options.entrySet()) {
                if (!List.of(known).contains(entry.getKey())) {
                    throw error(
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
                default -> throw error(option.column, known + " = " + option.value + ", expected true or false");
            };
        }

        long number(String known, long otherwise) {
            Option option = options.get(known);
            if (option == null) {
                return otherwise;
            }
            try {
                return Long.parseLong(option.value);
            } catch (NumberFormatException e) {
                throw error(option.column, known + " = " + option.value + ", expected a whole number");
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
                        column,
                        "'" + name + "' is not understood, " + digits
                                + " is too large a number, expected a smaller one");
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

        boolean isNamed(String letters) {
            return name.startsWith(letters)
                    && name.substring(letters.length()).chars().allMatch(Character::isDigit);
        }
    }

    /** The parts of a spec as the choices they stand for. */
    private final class Composition {
        private final List<Part> parts;
        private int next;

        Composition(List<Part> parts) {
            this.parts = parts;
        }

        IndexSpec spec() {
            @Nullable Part turn = turn();
            if (next == parts.size()) {
                throw error(text.length(), "a part is missing, expected " + NAVIGATORS);
            }
            Navigator navigator = navigator(parts.get(next++));
            Code code = turned(turn, hasCode(navigator) ? code() : new Float32());
            Refine refine = code instanceof Float32 ? Refine.NONE : refine();
            if (next < parts.size()) {
                Part rest = parts.get(next);
                throw error(
                        rest.column,
                        "'" + rest.name + "' is not understood after " + parts.get(next - 1).name + ", expected "
                                + expected(navigator, code, refine));
            }
            Code whole = code;
            return checked(parts.get(parts.size() - 1), () -> new IndexSpec(navigator, whole, refine));
        }

        /** What stands before the navigator; null where nothing does. */
        private @Nullable Part turn() {
            Part first = parts.get(next);
            boolean turns = first.name.equals("RR") || first.isNamed("OPQ");
            if (!turns) {
                return null;
            }
            first.allow();
            next++;
            return first;
        }

        private Code turned(@Nullable Part turn, Code code) {
            if (turn == null) {
                return code;
            }
            if (!(code instanceof Product(Rotation none, int m, int bits, boolean residual))) {
                throw error(turn.column, "'" + turn.name + "' is of no use to " + code + ", expected PQ<m> behind it");
            }
            boolean random = turn.name.equals("RR");
            if (!random && turn.suffix("OPQ", m) != m) {
                throw error(turn.column, "'" + turn.name + "' goes with as many parts, expected OPQ" + m);
            }
            return new Product(random ? Rotation.RANDOM : Rotation.OPTIMISED, m, bits, residual);
        }

        private String expected(Navigator navigator, Code code, Refine refine) {
            if (!hasCode(navigator) || refine != Refine.NONE) {
                return "the end";
            }
            if (code instanceof Float32) {
                return parts.get(next - 1).name.equals("Flat")
                        ? "the end"
                        : "FP16, SQ8, PQ<m>, PQ<m>x4fs, RaBitQ<bits> or the end";
            }
            return "Refine(Flat), Refine(FP16), Refine(SQ8) or the end";
        }

        private Navigator navigator(Part part) {
            if (part.name.equals("Flat")) {
                part.allow("prune");
                return new Flat(part.flag("prune", true));
            }
            if (part.name.equals("KDTree")) {
                return new KdTree(leaf(part, KdTree.DEFAULT_LEAF));
            }
            if (part.name.equals("BallTree")) {
                return new BallTree(leaf(part, BallTree.DEFAULT_LEAF));
            }
            if (part.isNamed("HNSW")) {
                part.allow("efConstruction", "extendCandidates", "keepPrunedConnections", "seed", "efSearch");
                return hnsw(part);
            }
            if (part.isNamed("IVF") && part.name.length() > "IVF".length()) {
                part.allow("iterations", "seed", "nprobe");
                return ivf(part);
            }
            if (part.name.equals("Auto")) {
                part.allow(GoalWords.ALL);
                return auto(part);
            }
            throw error(part.column, "'" + part.name + "' is not understood, expected " + NAVIGATORS);
        }

        private static boolean hasCode(Navigator navigator) {
            return navigator instanceof Hnsw || navigator instanceof Ivf;
        }

        private Ivf ivf(Part part) {
            int iterations = number(part, "iterations", Ivf.DEFAULT_ITERATIONS, Ivf.MAX_ITERATIONS);
            long seed = part.number("seed", Hnsw.DEFAULT_SEED);
            int nlist = part.suffix("IVF", 0);
            int nprobe = number(part, "nprobe", Ivf.DEFAULT_NPROBE, Ivf.MAX_NLIST);
            return checked(part, () -> new Ivf(nlist, iterations, seed, nprobe));
        }

        private Auto auto(Part part) {
            Map<String, String> words = new LinkedHashMap<>();
            part.options.forEach((word, option) -> words.put(word, option.value));
            return checked(part, () -> new Auto(GoalWords.goals(words)));
        }

        private int leaf(Part part, int otherwise) {
            part.allow("leaf");
            long leaf = part.number("leaf", otherwise);
            if (leaf < TreeParameters.MIN_LEAF || leaf > TreeParameters.MAX_LEAF) {
                throw error(
                        part.column,
                        "leaf = " + leaf + ", expected " + TreeParameters.MIN_LEAF + ".." + TreeParameters.MAX_LEAF);
            }
            return (int) leaf;
        }

        private Hnsw hnsw(Part part) {
            int m = part.suffix("HNSW", DEFAULT_M);
            int ef = number(part, "efConstruction", Math.max(m, Hnsw.DEFAULT_EF), Hnsw.MAX_EF);
            int efSearch = number(part, "efSearch", Hnsw.DEFAULT_EF_SEARCH, Hnsw.MAX_EF);
            boolean extend = part.flag("extendCandidates", false);
            boolean keep = part.flag("keepPrunedConnections", false);
            long seed = part.number("seed", Hnsw.DEFAULT_SEED);
            return checked(part, () -> new Hnsw(m, ef, extend, keep, seed, efSearch));
        }

        private int number(Part part, String option, int otherwise, int most) {
            long number = part.number(option, otherwise);
            if (number != (int) number) {
                throw error(part.column, option + " = " + number + ", expected at most " + most);
            }
            return (int) number;
        }

        private <T> T checked(Part part, Supplier<T> parts) {
            try {
                return parts.get();
            } catch (IllegalArgumentException e) {
                throw error(part.column, String.valueOf(e.getMessage()));
            }
        }

        private Code code() {
            if (next == parts.size()) {
                return new Float32();
            }
            Part part = parts.get(next);
            Code code = new Float32();
            if (part.name.equals("FP16")) {
                code = new Float16();
            } else if (part.name.equals("SQ8")) {
                code = new Int8();
            } else if (part.isNamed("RaBitQ")) {
                code = rabitq(part);
            } else if (PRODUCT.matcher(part.name).matches()) {
                code = product(part);
            } else if (!part.name.equals("Flat")) {
                return code; // the caller says what is wrong with it
            }
            part.allow();
            next++;
            return code;
        }

        private Code product(Part part) {
            Matcher matcher = PRODUCT.matcher(part.name);
            if (!matcher.matches()) {
                throw new IllegalStateException("asked before");
            }
            int m = part.number(matcher.group("m"));
            int bits = matcher.group("fast") == null ? Byte.SIZE : Byte.SIZE / 2;
            boolean residual = matcher.group("residual") != null;
            return checked(part, () -> new Product(Rotation.NONE, m, bits, residual));
        }

        private Code rabitq(Part part) {
            int bits = part.suffix("RaBitQ", 1);
            return checked(part, () -> new RaBitQ(bits));
        }

        private Refine refine() {
            if (next == parts.size()) {
                return Refine.NONE;
            }
            Part part = parts.get(next);
            if (part.name.equals("RFlat")) {
                part.allow();
                next++;
                return Refine.FLAT;
            }
            if (!part.name.equals("Refine")) {
                return Refine.NONE; // the caller says what is wrong with it
            }
            next++;
            return switch (part.argument()) {
                case "Flat" -> Refine.FLAT;
                case "FP16", "SQfp16" -> Refine.FP16;
                case "SQ8" -> Refine.SQ8;
                default ->
                    throw error(
                            part.column,
                            "Refine(" + part.argument()
                                    + ") is not understood, expected Refine(Flat), Refine(FP16) or Refine(SQ8)");
            };
        }
    }
}
