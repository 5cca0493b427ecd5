package dev.vicino.advise;

import java.util.Arrays;

/** Figures of how vectors lie, from distances. */
final class Geometry {
    private Geometry() {}

    /**
     * The maximum-likelihood estimate of the intrinsic dimension (Levina and Bickel, 2004), its inverses averaged as MacKay and Ghahramani
     * proposed in 2005.
     *
     * @param distances of the nearest neighbours of each point, rising; those of 0 are passed over
     * @return 0 where no point has neighbours at two distances
     */
    static double intrinsicDimension(float[][] distances) {
        double sum = 0;
        int count = 0;
        for (float[] of : distances) {
            float last = of.length == 0 ? 0 : of[of.length - 1];
            for (int j = 0; j < of.length - 1; j++) {
                if (of[j] > 0) {
                    sum += Math.log(last / of[j]);
                    count++;
                }
            }
        }
        return sum > 0 ? count / sum : 0;
    }

    /**
     * Whether two samples come from one distribution, by the test of Kolmogorov and Smirnov.
     *
     * @param critical of the asymptotic distribution: 1.95 errs once in 1,000 times
     */
    static boolean areAlike(double[] a, double[] b, double critical) {
        double[] x = a.clone();
        double[] y = b.clone();
        Arrays.sort(x);
        Arrays.sort(y);
        int i = 0;
        int j = 0;
        double gap = 0;
        while (i < x.length && j < y.length) {
            double at = Math.min(x[i], y[j]);
            while (i < x.length && x[i] <= at) {
                i++;
            }
            while (j < y.length && y[j] <= at) {
                j++;
            }
            gap = Math.max(gap, Math.abs((double) i / x.length - (double) j / y.length));
        }
        return gap <= critical * Math.sqrt((double) (x.length + y.length) / ((double) x.length * y.length));
    }
}
