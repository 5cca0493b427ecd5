package dev.vicino;

import dev.vicino.scan.Norms;

/**
 * What arguments must be. Every check throws an {@link IllegalArgumentException} that names the argument, its value and what was
 * expected.
 */
final class Arguments {
    private Arguments() {}

    static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least 1");
        }
    }

    static void checkFinite(String name, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ", expected a finite number");
        }
    }

    /** Checks a vector: its dimension, and that every value is finite. */
    static void checkVector(String name, float[] vector, int dimension) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(name + " has dimension " + vector.length + ", expected " + dimension);
        }
        checkFinite(name, vector);
    }

    private static void checkFinite(String name, float[] vector) {
        if (!(Norms.of(vector) < Double.POSITIVE_INFINITY)) {
            throw Norms.notFinite(name, vector);
        }
    }

    /** Checks the dimension of queries; their values as they are taken, by {@link #query}. */
    static void checkQueries(Vectors queries, int dimension) {
        if (queries.dimension() != dimension) {
            throw new IllegalArgumentException(
                    "queries have dimension " + queries.dimension() + ", expected " + dimension);
        }
    }

    /** A copy of a query, every value of which is finite. */
    static float[] query(Vectors queries, int row) {
        float[] query = queries.row(row);
        checkFinite("queries, row " + row, query);
        return query;
    }
}
