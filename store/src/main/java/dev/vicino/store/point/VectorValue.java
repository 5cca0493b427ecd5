package dev.vicino.store.point;

import java.util.Arrays;

/** The values of one vector of a point. */
public sealed interface VectorValue {
    /** The most values that a sparse vector has. */
    int MAX_SPARSE = 1 << 20;

    /** A dense vector. */
    static Dense of(float... values) {
        return new Dense(values);
    }

    /**
     * One value for every dimension.
     *
     * @param values finite; must not change afterwards
     */
    record Dense(float[] values) implements VectorValue {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException for no values, or one that is not finite
         */
        public Dense {
            checkFinite(values);
            if (values.length == 0) {
                throw new IllegalArgumentException("vector of no values, expected at least one");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Dense(float[] otherValues) && Arrays.equals(values, otherValues);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /**
     * Values of some of very many dimensions; those of all others are 0.
     *
     * @param indices the dimensions, rising, none below 0; must not change afterwards
     * @param values as many, finite; must not change afterwards
     */
    record Sparse(int[] indices, float[] values) implements VectorValue {
        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming what is wrong with them
         */
        public Sparse {
            checkFinite(values);
            if (indices.length != values.length || indices.length > MAX_SPARSE) {
                throw new IllegalArgumentException("indices.length = " + indices.length + ", expected values.length = "
                        + values.length + ", at most " + MAX_SPARSE);
            }
            for (int i = 0; i < indices.length; i++) {
                if (indices[i] < 0 || (i > 0 && indices[i] <= indices[i - 1])) {
                    throw new IllegalArgumentException("indices[" + i + "] = " + indices[i]
                            + ", expected at least 0 and more than the one before");
                }
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sparse(int[] otherIndices, float[] otherValues)
                    && Arrays.equals(indices, otherIndices)
                    && Arrays.equals(values, otherValues);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(indices) + ":" + Arrays.toString(values);
        }
    }

    private static void checkFinite(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "value " + i + " of a vector is " + values[i] + ", expected a finite number");
            }
        }
    }
}
