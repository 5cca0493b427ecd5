package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import dev.vicino.scan.Distances.Form;

/**
 * What is known of the rows below a node: a region that all their points are in, and so a bound of their distances from any query.
 *
 * <p>A region is an array; which is which is the shape's to know. Bounds are proven where they are computed: a row in a region is never
 * nearer than the bound by {@link dev.vicino.scan.Distances}, rounding included. That holds for rows and queries that are not extreme
 * ({@link dev.vicino.scan.Norms}).
 */
abstract sealed class Shape permits Boxes, Balls {
    final Form form;
    final Located located;
    private final int dimension;

    Shape(Form form, int dimension) {
        this.form = form;
        this.located = form == Form.COSINE ? Located.ON_SPHERE : Located.PLAIN;
        this.dimension = dimension;
    }

    static Shape of(TreeParameters parameters, Form form, int dimension) {
        return switch (parameters.kind()) {
            case BOX -> new Boxes(form, dimension);
            case BALL -> new Balls(form, dimension);
        };
    }

    final int dimension() {
        return dimension;
    }

    /**
     * That −x·q/(‖x‖·‖q‖), as computed, is at least half of the square of the distance of the two points on the sphere less 1 and less
     * this. With u = 2⁻²⁴: the points are off by u each, which changes the square, at most 4, by 8u and a little; its computed value is off
     * by a (d+4)·u-th part (Kernels.relativeError and a difference), at most 4·(d+4)·u; half of both is (2d+12)·u. The score itself is off
     * by (d+8)·u, its norms, their inverses and products among it, and the subtraction of 1 by u.
     */
    final float cosineMargin() {
        return (4 * dimension + 32) * 0x1p-24f;
    }

    /** A region around the points of some rows of a batch, of which there is at least one. */
    abstract float[] around(Batch batch, int[] order, int from, int to);

    /** A region around another one and a point. */
    abstract float[] around(float[] region, float[] point);

    /** Whether a region is around a point. */
    abstract boolean isAround(float[] region, float[] point);

    /** How far a point is from a region, or from its middle: by what is chosen where to add it. */
    abstract double distance(float[] region, float[] point);

    /** Floats that {@link #pack} needs in its second array. */
    abstract int secondFloats();

    /** Puts a region in a place of arrays whose stride is {@link ColumnKernels#LANES}; the first has d columns. */
    abstract void pack(float[] region, int place, float[] first, float[] second);

    /** Lower bounds of the distances of all rows below each child of a branch, into {@code out}. */
    abstract void bound(Target target, Branch branch, float[] out, float[] scratch);
}
