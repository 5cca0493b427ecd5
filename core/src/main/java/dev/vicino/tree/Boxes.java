package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.scan.Distances.Form;
import java.util.Arrays;

/**
 * Boxes: the lowest and the highest value of each dimension. A region is d lowest values and d highest ones.
 *
 * <p>The bound is the distance of the box's nearest point, added in the order in which distances are. Every step of that is monotone, and
 * so is rounding, so the bound is never above the distance of a row in the box and needs no margin ({@link ColumnKernels}). Under cosine
 * the boxes are around points on the sphere, where −x·q = ‖x−q‖²/2 − 1, and {@link #cosineMargin} pays for the rounding of both.
 */
final class Boxes extends Shape {
    private static final ColumnKernels KERNELS = Kernels.BEST.columns();

    Boxes(Form form, int dimension) {
        super(form, dimension);
    }

    @Override
    float[] around(Batch batch, int[] order, int from, int to) {
        int d = dimension();
        float[] region = new float[2 * d];
        Arrays.fill(region, 0, d, Float.POSITIVE_INFINITY);
        Arrays.fill(region, d, 2 * d, Float.NEGATIVE_INFINITY);
        float[] point = new float[d];
        for (int i = from; i < to; i++) {
            batch.row(order[i], point);
            located.locate(point);
            grow(region, point);
        }
        return region;
    }

    private static void grow(float[] region, float[] point) {
        int d = point.length;
        for (int c = 0; c < d; c++) {
            region[c] = Math.min(region[c], point[c]);
            region[d + c] = Math.max(region[d + c], point[c]);
        }
    }

    @Override
    float[] around(float[] region, float[] point) {
        float[] grown = region.clone();
        grow(grown, point);
        return grown;
    }

    @Override
    boolean isAround(float[] region, float[] point) {
        return Arrays.equals(region, around(region, point));
    }

    @Override
    double distance(float[] region, float[] point) {
        int d = point.length;
        double sum = 0;
        for (int c = 0; c < d; c++) {
            double outside = Math.max(0, Math.max(region[c] - point[c], point[c] - region[d + c]));
            sum += outside * outside;
        }
        return sum;
    }

    @Override
    int secondFloats() {
        return dimension() * Branch.CHILDREN;
    }

    @Override
    void pack(float[] region, int place, float[] first, float[] second) {
        for (int c = 0; c < dimension(); c++) {
            first[c * Branch.CHILDREN + place] = region[c];
            second[c * Branch.CHILDREN + place] = region[dimension() + c];
        }
    }

    @Override
    void bound(Target target, Branch branch, float[] out, float[] scratch) {
        float[] point = target.point();
        switch (form) {
            case SQUARED_L2 ->
                KERNELS.leastSquaredL2(point, branch.first, branch.second, Branch.CHILDREN, out, scratch);
            case L1 -> KERNELS.leastL1(point, branch.first, branch.second, Branch.CHILDREN, out, scratch);
            case DOT -> {
                KERNELS.greatestDot(point, branch.first, branch.second, Branch.CHILDREN, out, scratch);
                for (int i = 0; i < Branch.CHILDREN; i++) {
                    out[i] = -out[i];
                }
            }
            case COSINE -> {
                KERNELS.leastSquaredL2(point, branch.first, branch.second, Branch.CHILDREN, out, scratch);
                float minus = 1 + cosineMargin();
                for (int i = 0; i < Branch.CHILDREN; i++) {
                    out[i] = 0.5f * out[i] - minus;
                }
            }
        }
    }
}
