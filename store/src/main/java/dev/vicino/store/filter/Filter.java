package dev.vicino.store.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which points are wanted. What is empty asks for nothing.
 *
 * @param must all of these
 * @param should at least one of these
 * @param mustNot none of these
 * @param minShould at least so many of some others
 */
public record Filter(
        List<Condition> must,
        List<Condition> should,
        List<Condition> mustNot,
        @Nullable MinShould minShould) implements Condition {
    /** All points. */
    public static final Filter ALL = new Filter(List.of(), List.of(), List.of(), null);

    /** At least so many of some conditions. */
    public record MinShould(List<Condition> conditions, int count) {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException for a count below 1
         */
        public MinShould {
            conditions = List.copyOf(conditions);
            if (count < 1) {
                throw new IllegalArgumentException("minShould = " + count + ", expected at least 1");
            }
        }
    }

    /** Copies the lists. */
    public Filter {
        must = List.copyOf(must);
        should = List.copyOf(should);
        mustNot = List.copyOf(mustNot);
    }

    /** All of some conditions. */
    public static Filter must(Condition... conditions) {
        return new Filter(List.of(conditions), List.of(), List.of(), null);
    }

    /** At least one of some conditions. */
    public static Filter should(Condition... conditions) {
        return new Filter(List.of(), List.of(conditions), List.of(), null);
    }

    /** None of some conditions. */
    public static Filter mustNot(Condition... conditions) {
        return new Filter(List.of(), List.of(), List.of(conditions), null);
    }

    /** At least so many of some conditions. */
    public static Filter minShould(int count, Condition... conditions) {
        return new Filter(List.of(), List.of(), List.of(), new MinShould(List.of(conditions), count));
    }

    @Override
    public boolean matches(Candidate candidate) {
        return must.stream().allMatch(condition -> condition.matches(candidate))
                && mustNot.stream().noneMatch(condition -> condition.matches(candidate))
                && (should.isEmpty() || should.stream().anyMatch(condition -> condition.matches(candidate)))
                && (minShould == null || count(minShould, candidate) >= minShould.count());
    }

    private static long count(MinShould wanted, Candidate candidate) {
        return wanted.conditions().stream()
                .filter(condition -> condition.matches(candidate))
                .count();
    }
}
