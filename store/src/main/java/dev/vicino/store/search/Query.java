package dev.vicino.store.search;

import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import java.util.List;

/** What points are to be near to. */
public sealed interface Query {
    /** A vector. */
    record Nearest(VectorValue vector) implements Query {}

    /** A point that is there; it is not among those found. */
    record NearestTo(PointId id) implements Query {}

    /** A text, through the model that the database was given. */
    record NearestText(String text) implements Query {}

    /**
     * Points that are there, and others to keep away from; none of them is among those found. The query is the mean of the positive
     * ones, moved away from the mean of the negative ones by their difference. Dense vectors only.
     *
     * @param positive at least one
     */
    record Recommend(List<PointId> positive, List<PointId> negative) implements Query {
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
    }

    /** A dense vector. */
    static Query of(float... vector) {
        return new Nearest(VectorValue.of(vector));
    }
}
