package dev.vicino.springai;

import static dev.vicino.documents.MetadataConditions.compare;
import static dev.vicino.documents.MetadataConditions.equal;
import static dev.vicino.documents.MetadataConditions.in;
import static dev.vicino.documents.MetadataConditions.missing;
import static dev.vicino.documents.MetadataConditions.not;

import dev.vicino.documents.MetadataConditions;
import dev.vicino.documents.MetadataConditions.Comparison;
import dev.vicino.store.filter.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.vectorstore.filter.Filter;

/** Filter expressions of Spring AI as filters of the store. */
final class Filters {
    private Filters() {}

    static dev.vicino.store.filter.Filter filter(Filter.Expression expression) {
        return MetadataConditions.filter(condition(expression));
    }

    private static Condition condition(Filter.@Nullable Operand operand) {
        return switch (operand) {
            case Filter.Group group -> condition(group.content());
            case Filter.Expression expression -> expression(expression);
            case null, default -> throw wrong(operand, "an expression");
        };
    }

    private static Condition expression(Filter.Expression expression) {
        Filter.Operand left = expression.left();
        Filter.Operand right = expression.right();
        return switch (expression.type()) {
            case AND -> dev.vicino.store.filter.Filter.must(condition(left), condition(right));
            case OR -> dev.vicino.store.filter.Filter.should(condition(left), condition(right));
            case NOT -> not(condition(left));
            case EQ -> equal(key(left), value(right));
            case NE -> not(equal(key(left), value(right)));
            case GT -> compare(key(left), Comparison.GREATER, value(right));
            case GTE -> compare(key(left), Comparison.AT_LEAST, value(right));
            case LT -> compare(key(left), Comparison.LESS, value(right));
            case LTE -> compare(key(left), Comparison.AT_MOST, value(right));
            case IN -> in(key(left), values(right));
            case NIN -> not(in(key(left), values(right)));
            case ISNULL -> missing(key(left));
            case ISNOTNULL -> not(missing(key(left)));
        };
    }

    /** The parser leaves the quotes at keys that were written in them. */
    private static String key(Filter.Operand operand) {
        if (!(operand instanceof Filter.Key(String key))) {
            throw wrong(operand, "a key");
        }
        boolean quoted = key.length() >= 2
                && (key.startsWith("\"") || key.startsWith("'"))
                && key.charAt(0) == key.charAt(key.length() - 1);
        return quoted ? key.substring(1, key.length() - 1) : key;
    }

    private static Object value(Filter.@Nullable Operand operand) {
        if (operand instanceof Filter.Value(Object value)) {
            return value;
        }
        throw wrong(operand, "a value");
    }

    private static List<?> values(Filter.@Nullable Operand operand) {
        if (value(operand) instanceof List<?> values) {
            return values;
        }
        throw wrong(operand, "a list");
    }

    private static IllegalArgumentException wrong(@Nullable Object operand, String expected) {
        return new IllegalArgumentException("filter has " + operand + ", expected " + expected);
    }
}
