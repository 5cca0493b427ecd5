package dev.vicino.tree;

import dev.vicino.scan.Norms;

/** The query of a walk; the next one takes its place. Not safe for use by several threads. */
final class Target {
    private final Located located;
    private final float[] point;
    private float[] values = new float[0];
    private double norm;

    Target(Shape shape) {
        this.located = shape.located;
        this.point = new float[shape.dimension()];
    }

    /**
     * Takes another query, which must not change meanwhile.
     *
     * @throws IllegalArgumentException for another dimension or a value that is not finite
     */
    void aim(float[] query) {
        if (query.length != point.length) {
            throw new IllegalArgumentException("query has dimension " + query.length + ", expected " + point.length);
        }
        double length = Norms.of(query);
        if (!(length < Double.POSITIVE_INFINITY)) {
            throw Norms.notFinite("query", query);
        }
        values = query;
        norm = length;
        System.arraycopy(query, 0, point, 0, point.length);
        located.locate(point, length);
    }

    float[] values() {
        return values;
    }

    /** Where the query is for the sake of the tree. Not to be changed. */
    float[] point() {
        return point;
    }

    /** ‖q‖ in double precision. */
    double norm() {
        return norm;
    }

    /** ‖q‖ rounded upwards. */
    float length() {
        return Math.nextUp((float) norm);
    }

    boolean isExtreme() {
        return Norms.isExtreme(norm);
    }
}
