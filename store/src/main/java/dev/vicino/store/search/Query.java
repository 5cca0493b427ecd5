package dev.vicino.store.search;

import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What points are to be near to. */
public sealed interface Query {
    /** A vector. */
    record Nearest(VectorValue vector) implements Query {}

    /** A point that is there; it is not among those found. */
    record NearestTo(PointId id) implements Query {}

    /** A text, through the model that the database was given. */
    record NearestText(String text) implements Query {}

    /** How examples make a ranking; under the names that Qdrant has for them. */
    enum Strategy {
        /** The query is the mean of the positive ones, moved away from the mean of the negative ones by their difference. */
        AVERAGE_VECTOR,
        /**
         * A point is worth s(p), p being its similarity to the positive example that it is nearest to, or −s(n) where it is nearer to a
         * negative one; s(x) = ½ + ½·x / (1 + |x|). A distance counts as its negative.
         */
        BEST_SCORE,
        /** A point is worth its similarities to the positive examples less those to the negative ones. */
        SUM_SCORES
    }

    /**
     * Points that are there, and others to keep away from; none of them is among those found. Dense vectors only.
     *
     * @param positive at least one
     */
    record Recommend(List<PointId> positive, List<PointId> negative, Strategy strategy) implements Query {
        /**
         * Copies the lists.
         *
         * @throws IllegalArgumentException without a positive example
         */
        public Recommend {
            positive = List.copyOf(positive);
            negative = List.copyOf(negative);
            if (positive.isEmpty()) {
                throw new IllegalArgumentException("positive = [], expected at least one example");
            }
        }

        /** By the mean of the examples. */
        public Recommend(List<PointId> positive, List<PointId> negative) {
            this(positive, negative, Strategy.AVERAGE_VECTOR);
        }

        /** All examples. */
        Set<PointId> examples() {
            Set<PointId> examples = new HashSet<>(positive);
            examples.addAll(negative);
            return examples;
        }
    }

    /** A dense vector. */
    static Query of(float... vector) {
        return new Nearest(VectorValue.of(vector));
    }
}
