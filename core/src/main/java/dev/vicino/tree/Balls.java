package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.scan.Distances.Form;

/**
 * Balls: a centre, and how far the farthest point is from it. A region is d values of the centre and the radius.
 *
 * <p>By the triangle inequality a point of the ball is at least ‖c−q‖ − r away, and its product with the query is at most c·q + ‖q‖·r. Both
 * are computed in single precision, so with u = 2⁻²⁴ and {@link #shrink} = 1 − (2d+16)·u:
 *
 * <ul>
 *   <li>Computed sums of differences or of their squares are off by a (d+4)·u-th part at most, so the computed ‖c−q‖ times shrink is not
 *       above the true one, its own rounding included; r is rounded upwards. What is left of it times shrink is below the rounded distance
 *       of any row for the same reason. Squares below 2⁻¹⁰⁰, where terms may vanish, count as 0.
 *   <li>The computed c·q is off by (d+3)·u·‖c‖·‖q‖ at most, the product of a row by (d+3)·u·(‖c‖+r)·‖q‖, and the subtraction and the
 *       multiplication by 3u·(‖c‖+r)·‖q‖ together. So r is kept with (3d+16)·u·(‖c‖+r) more, and ‖q‖ is rounded upwards.
 * </ul>
 */
final class Balls extends Shape {
    private static final ColumnKernels KERNELS = Kernels.BEST.columns();

    /** Below this, squares may be of differences whose own squares vanish. */
    private static final float LEAST_SQUARE = 0x1p-100f;

    private final float shrink;

    Balls(Form form, int dimension) {
        super(form, dimension);
        this.shrink = 1 - (2 * dimension + 16) * 0x1p-24f;
    }

    @Override
    float[] around(Batch batch, int[] order, int from, int to) {
        int d = dimension();
        double[] sums = new double[d];
        float[] point = new float[d];
        for (int i = from; i < to; i++) {
            batch.row(order[i], point);
            located.locate(point);
            for (int c = 0; c < d; c++) {
                sums[c] += point[c];
            }
        }
        float[] region = new float[d + 1];
        for (int c = 0; c < d; c++) {
            region[c] = (float) (sums[c] / (to - from));
        }
        double farthest = 0;
        for (int i = from; i < to; i++) {
            batch.row(order[i], point);
            located.locate(point);
            farthest = Math.max(farthest, distance(region, point));
        }
        region[d] = radius(farthest);
        return region;
    }

    /** Rounded upwards; sums in double precision are right to far more than a thousandth of that. */
    private static float radius(double distance) {
        return distance == 0 ? 0 : Math.nextUp((float) distance);
    }

    @Override
    float[] around(float[] region, float[] point) {
        float[] grown = region.clone();
        int d = point.length;
        grown[d] = Math.max(region[d], radius(distance(region, point)));
        return grown;
    }

    @Override
    boolean isAround(float[] region, float[] point) {
        return distance(region, point) <= region[point.length];
    }

    @Override
    double distance(float[] region, float[] point) {
        double sum = 0;
        for (int c = 0; c < point.length; c++) {
            double difference = (double) point[c] - region[c];
            sum += form == Form.L1 ? Math.abs(difference) : difference * difference;
        }
        return form == Form.L1 ? sum : Math.sqrt(sum);
    }

    @Override
    int secondFloats() {
        return Branch.CHILDREN;
    }

    @Override
    void pack(float[] region, int place, float[] first, float[] second) {
        int d = dimension();
        double squares = 0;
        for (int c = 0; c < d; c++) {
            first[c * Branch.CHILDREN + place] = region[c];
            squares += (double) region[c] * region[c];
        }
        second[place] = form == Form.DOT ? reach(Math.sqrt(squares), region[d]) : region[d];
    }

    private float reach(double norm, float radius) {
        return Math.nextUp((float) (radius + (3 * dimension() + 16) * 0x1p-24 * (norm + radius)));
    }

    @Override
    void bound(Target target, Branch branch, float[] out, float[] scratch) {
        float[] point = target.point();
        switch (form) {
            case SQUARED_L2 -> {
                KERNELS.squaredL2(point, branch.first, Branch.CHILDREN, out, scratch);
                square(branch.second, out);
            }
            case COSINE -> {
                KERNELS.squaredL2(point, branch.first, Branch.CHILDREN, out, scratch);
                square(branch.second, out);
                float minus = 1 + cosineMargin();
                for (int i = 0; i < Branch.CHILDREN; i++) {
                    out[i] = 0.5f * out[i] - minus;
                }
            }
            case L1 -> {
                KERNELS.l1(point, branch.first, Branch.CHILDREN, out, scratch);
                for (int i = 0; i < Branch.CHILDREN; i++) {
                    out[i] = Math.max(0, out[i] * shrink - branch.second[i]) * shrink;
                }
            }
            case DOT -> {
                KERNELS.dot(point, branch.first, Branch.CHILDREN, out, scratch);
                float length = target.length();
                for (int i = 0; i < Branch.CHILDREN; i++) {
                    out[i] = -out[i] - length * branch.second[i];
                }
            }
        }
    }

    /** From squared distances of centres to lower bounds of those of rows. */
    private void square(float[] radii, float[] out) {
        for (int i = 0; i < Branch.CHILDREN; i++) {
            float gap = Math.max(0, (float) Math.sqrt(out[i]) * shrink - radii[i]);
            float square = gap * gap * shrink;
            out[i] = square < LEAST_SQUARE ? 0 : square;
        }
    }
}
