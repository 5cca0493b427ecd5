package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a payload a field is: {@code city}, {@code shop.city}, {@code shops[].city}, {@code shops[0].city}, {@code "a.b".c}.
 *
 * <p>{@code []} stands for every element of an array. A key that has dots or brackets in it is written in double quotes.
 */
public final class JsonPath {
    /** Deeper payloads are taken for a mistake. */
    static final int MAX_DEPTH = 64;

    private final String text;
    private final List<Step> steps;

    private sealed interface Step {}

    private record Key(String name) implements Step {}

    private record Element(int index) implements Step {}

    private record Every() implements Step {}

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException pointing at what is not understood
     */
    public static JsonPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length() || steps.isEmpty()) {
            at = text.startsWith("[", at) && !steps.isEmpty() ? element(text, at, steps) : key(text, at, steps);
        }
        if (steps.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("path of " + steps.size() + " steps, expected at most " + MAX_DEPTH);
        }
        return new JsonPath(text, List.copyOf(steps));
    }

    private static int key(String text, int from, List<Step> steps) {
        int at = from;
        if (!steps.isEmpty()) {
            if (text.charAt(at) != '.') {
                throw wrong(text, at, "a dot");
            }
            at++;
        }
        boolean quoted = text.startsWith("\"", at);
        int end = quoted ? text.indexOf('"', at + 1) : endOfKey(text, at);
        int begin = quoted ? at + 1 : at;
        if (end <= begin) {
            throw wrong(text, at, "a key");
        }
        steps.add(new Key(text.substring(begin, end)));
        return quoted ? end + 1 : end;
    }

    private static int endOfKey(String text, int from) {
        int at = from;
        while (at < text.length() && ".[]\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static int element(String text, int from, List<Step> steps) {
        int end = text.indexOf(']', from);
        if (end < 0) {
            throw wrong(text, from, "a closing bracket");
        }
        String index = text.substring(from + 1, end);
        if (index.isEmpty()) {
            steps.add(new Every());
        } else if (index.length() < 10 && index.chars().allMatch(c -> c >= '0' && c <= '9')) {
            steps.add(new Element(Integer.parseInt(index)));
        } else {
            throw wrong(text, from + 1, "[] or the number of an element");
        }
        return end + 1;
    }

    private static IllegalArgumentException wrong(String text, int at, String expected) {
        return new IllegalArgumentException("path = " + text + ", at " + at + ", expected " + expected);
    }

    /** What stands at this place, arrays as they are; several where the path has {@code []}, none where there is nothing. */
    public List<JsonNode> nodes(JsonNode root) {
        List<JsonNode> found = List.of(root);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                add(node, step, next);
            }
            found = next;
        }
        return found;
    }

    private static void add(JsonNode node, Step step, List<JsonNode> into) {
        JsonNode found = null;
        switch (step) {
            case Key(String name) -> found = node.get(name);
            case Element(int index) -> found = node.isArray() ? node.get(index) : null;
            case Every every when node.isArray() -> node.forEach(into::add);
            case Every every -> {}
        }
        if (found != null) {
            into.add(found);
        }
    }

    /** The values that stand at this place, an array being as many as it has elements. */
    public List<JsonNode> values(JsonNode root) {
        List<JsonNode> nodes = nodes(root);
        if (nodes.stream().noneMatch(JsonNode::isArray)) {
            return nodes;
        }
        List<JsonNode> values = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.isArray()) {
                node.forEach(values::add);
            } else {
                values.add(node);
            }
        }
        return values;
    }

    /** The object at this place, made where it is missing; null where something else stands there or on the way. */
    public @Nullable ObjectNode object(ObjectNode root) {
        ObjectNode at = root;
        for (Step step : steps) {
            if (!(step instanceof Key(String name))) {
                return null;
            }
            JsonNode next = at.get(name);
            if (next == null) {
                next = at.putObject(name);
            }
            if (!(next instanceof ObjectNode object)) {
                return null;
            }
            at = object;
        }
        return at;
    }

    /** Takes away what stands at this place. */
    public void remove(ObjectNode root) {
        if (!(steps.getLast() instanceof Key(String name))) {
            throw new IllegalArgumentException("path = " + text + ", expected a key at its end");
        }
        JsonPath parents = new JsonPath(text, steps.subList(0, steps.size() - 1));
        for (JsonNode parent : parents.nodes(root)) {
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonPath path && steps.equals(path.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
