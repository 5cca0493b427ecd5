package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.point.PointId;
import java.util.List;
import java.util.Set;

/** One clause of a filter. */
public sealed interface Condition permits Condition.OnPath, Condition.HasId, Condition.HasVector, Filter {
    /** Whether a point meets it. This is what the condition means; indexes only find the same sooner. */
    boolean matches(Candidate candidate);

    /** A clause on a place in the payload. */
    sealed interface OnPath extends Condition {
        /** Where it looks. */
        JsonPath path();
    }

    /** Some value of a field meets a test. */
    record Field(JsonPath path, FieldTest test) implements OnPath {
        @Override
        public boolean matches(Candidate candidate) {
            for (JsonNode value : path.values(candidate.payload())) {
                if (test.test(value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** How many values a field has: as many as elements where it is an array, none where it is null or missing, else one. */
    record ValuesCount(JsonPath path, Bounds<Integer> bounds) implements OnPath {
        @Override
        public boolean matches(Candidate candidate) {
            List<JsonNode> nodes = path.nodes(candidate.payload());
            return nodes.isEmpty() ? bounds.contains(0) : nodes.stream().anyMatch(node -> bounds.contains(count(node)));
        }

        private static int count(JsonNode node) {
            return node.isArray() ? node.size() : node.isNull() ? 0 : 1;
        }
    }

    /** A field is missing, null or an empty array. */
    record IsEmpty(JsonPath path) implements OnPath {
        @Override
        public boolean matches(Candidate candidate) {
            return path.nodes(candidate.payload()).stream().allMatch(IsEmpty::isEmpty);
        }

        /** Whether a value is as good as none. */
        public static boolean isEmpty(JsonNode node) {
            return node.isNull() || (node.isArray() && node.isEmpty());
        }
    }

    /** A field is null, or an array with a null in it. */
    record IsNull(JsonPath path) implements OnPath {
        @Override
        public boolean matches(Candidate candidate) {
            JsonNode payload = candidate.payload();
            return path.nodes(payload).stream().anyMatch(JsonNode::isNull)
                    || path.values(payload).stream().anyMatch(JsonNode::isNull);
        }
    }

    /** One element of an array of objects meets a filter by itself. */
    record Nested(JsonPath path, Filter filter) implements OnPath {
        @Override
        public boolean matches(Candidate candidate) {
            return path.values(candidate.payload()).stream()
                    .anyMatch(element -> element.isObject() && filter.matches(candidate.within(element)));
        }
    }

    /** The point has one of some ids. */
    record HasId(Set<PointId> ids) implements Condition {
        /** Copies the set. */
        public HasId {
            ids = Set.copyOf(ids);
        }

        @Override
        public boolean matches(Candidate candidate) {
            return ids.contains(candidate.id());
        }
    }

    /** The point has a vector of a name. */
    record HasVector(String name) implements Condition {
        @Override
        public boolean matches(Candidate candidate) {
            return candidate.hasVector().test(name);
        }
    }

    /** Some value of a field meets a test. */
    static Condition field(String path, FieldTest test) {
        return new Field(JsonPath.parse(path), test);
    }

    /** Some value of a field is a string. */
    static Condition match(String path, String value) {
        return field(path, FieldTest.match(Scalar.of(value)));
    }

    /** Some value of a field is a whole number. */
    static Condition match(String path, long value) {
        return field(path, FieldTest.match(Scalar.of(value)));
    }

    /** Some value of a field is a truth value. */
    static Condition match(String path, boolean value) {
        return field(path, FieldTest.match(Scalar.of(value)));
    }

    /** Some value of a field is a number within bounds. */
    static Condition range(String path, Bounds<Double> bounds) {
        return field(path, new FieldTest.NumberRange(bounds));
    }
}
