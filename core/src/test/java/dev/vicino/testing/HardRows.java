package dev.vicino.testing;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** Collections that try to break a bound, each in its own way. */
public enum HardRows {
    /** Fifty rows over and over. */
    DUPLICATES {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = r < 50 ? Seeds.reals(random, d) : rows[random.nextInt(50)].clone();
            }
        }
    },

    /** No spread at all. */
    ALL_EQUAL {
        @Override
        void fill(float[][] rows, int d, Random random) {
            float[] row = Seeds.reals(random, d);
            for (int r = 0; r < rows.length; r++) {
                rows[r] = row.clone();
            }
        }
    },

    /** Norms from 10⁻³⁰ to 10³⁰, so that most rows are extreme. */
    MIXED_NORMS {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = scaled(Seeds.reals(random, d), Math.pow(10, 60 * random.nextDouble() - 30));
            }
        }
    },

    /** Norms over ten orders of magnitude, none of them extreme. */
    LOG_NORMAL {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = scaled(Seeds.reals(random, d), Math.exp(3 * random.nextGaussian()));
            }
        }
    },

    /** Denormal values, in rows of their own and among ordinary ones. */
    DENORMALS {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Seeds.reals(random, d);
                for (int i = 0; i < d; i++) {
                    if (r % 4 == 0 || random.nextBoolean()) {
                        rows[r][i] = random.nextInt(-1000, 1001) * Float.MIN_VALUE;
                    }
                }
            }
        }
    },

    /** Every second row is zero. */
    ZEROS {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = random.nextBoolean() ? new float[d] : Seeds.reals(random, d);
            }
        }
    },

    /** One row, but for the last bit of one value. */
    NEAR_TIES {
        @Override
        void fill(float[][] rows, int d, Random random) {
            float[] row = Seeds.reals(random, d);
            for (int r = 0; r < rows.length; r++) {
                rows[r] = row.clone();
                int i = random.nextInt(d);
                rows[r][i] = random.nextBoolean() ? Math.nextUp(row[i]) : Math.nextDown(row[i]);
            }
        }
    },

    /** Rows of −1, 0 and 1, many of them at just the same distance. */
    EXACT_TIES {
        @Override
        void fill(float[][] rows, int d, Random random) {
            System.arraycopy(Seeds.signRows(random, rows.length, d), 0, rows, 0, rows.length);
        }
    },

    /** No direction is better than another. */
    ISOTROPIC {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Seeds.reals(random, d);
            }
        }
    },

    /** One value a thousand times the others, which loses them all in a code. */
    DOMINANT {
        @Override
        void fill(float[][] rows, int d, Random random) {
            ISOTROPIC.fill(rows, d, random);
            int dominant = random.nextInt(d);
            for (float[] row : rows) {
                row[dominant] *= 1000;
            }
        }
    },

    /** Three directions alone. */
    LOW_RANK {
        @Override
        void fill(float[][] rows, int d, Random random) {
            float[][] basis = {Seeds.reals(random, d), Seeds.reals(random, d), Seeds.reals(random, d)};
            for (int r = 0; r < rows.length; r++) {
                float[] weights = Seeds.reals(random, basis.length);
                rows[r] = new float[d];
                for (int j = 0; j < basis.length; j++) {
                    addTo(rows[r], weights[j], basis[j]);
                }
            }
        }
    },

    /** A mean of 1000 and a spread of 1: products cancel. */
    LARGE_MEAN {
        @Override
        void fill(float[][] rows, int d, Random random) {
            ISOTROPIC.fill(rows, d, random);
            for (float[] row : rows) {
                for (int i = 0; i < d; i++) {
                    row[i] += 1000;
                }
            }
        }
    },

    /** Fifty clusters, far from each other and narrow. */
    CLUSTERS {
        @Override
        void fill(float[][] rows, int d, Random random) {
            float[][] centres = new float[50][];
            for (int c = 0; c < centres.length; c++) {
                centres[c] = scaled(Seeds.reals(random, d), 100);
            }
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Seeds.reals(random, d);
                addTo(rows[r], 1, centres[random.nextInt(centres.length)]);
            }
        }
    },

    /** Nothing below zero, and mostly zeros. */
    SPARSE {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = new float[d];
                for (int i = 0; i < d; i++) {
                    rows[r][i] = random.nextInt(10) == 0 ? (float) Math.abs(random.nextGaussian()) : 0;
                }
            }
        }
    },

    /** Directions that matter less and less, none of them an axis: what a prefix of principal components is for. */
    DECAYING {
        @Override
        void fill(float[][] rows, int d, Random random) {
            float[] mirror = Seeds.reals(random, d);
            float square = dot(mirror, mirror);
            for (int r = 0; r < rows.length; r++) {
                rows[r] = Seeds.reals(random, d);
                for (int i = 0; i < d; i++) {
                    rows[r][i] *= (float) Math.exp(-20.0 * i / d);
                }
                addTo(rows[r], -2 * dot(mirror, rows[r]) / square, mirror);
            }
        }
    },

    /** Rows of ordinary length whose differences are so small that their squares vanish in single precision, or nearly do. */
    VANISHING_SQUARES {
        @Override
        void fill(float[][] rows, int d, Random random) {
            for (int r = 0; r < rows.length; r++) {
                rows[r] = scaled(Seeds.reals(random, d), Math.scalb(1.0, random.nextInt(-78, -70)));
                rows[r][0] = 1;
            }
        }
    },

    /** Rows that a sample takes lie in three directions, the others do not. */
    UNLIKE_THEIR_SAMPLE {
        @Override
        void fill(float[][] rows, int d, Random random) {
            LOW_RANK.fill(rows, d, random);
            for (int r : notSampled(rows.length)) {
                rows[r] = Seeds.reals(random, d);
            }
        }
    },

    /** Rows that a sample takes are all the same, the others are very long. */
    BEHIND_A_CONSTANT_SAMPLE {
        @Override
        void fill(float[][] rows, int d, Random random) {
            ALL_EQUAL.fill(rows, d, random);
            for (int r : notSampled(rows.length)) {
                rows[r] = scaled(Seeds.reals(random, d), 1e12);
            }
        }
    };

    /** Rows of the evenly spaced sample that codes are made from. */
    private static final int SAMPLE = 4096;

    private static int[] notSampled(int n) {
        BitSet rest = new BitSet();
        rest.set(0, n);
        for (long i = 0; i < SAMPLE; i++) {
            rest.clear((int) (n * i / SAMPLE));
        }
        return rest.stream().toArray();
    }

    abstract void fill(float[][] rows, int d, Random random);

    /**
     * Rows of this kind.
     *
     * @param n more than 4096, or there are none that a sample does not take
     * @param d at least 16
     */
    public float[][] rows(Random random, int n, int d) {
        float[][] rows = new float[n][];
        fill(rows, d, random);
        return rows;
    }

    /**
     * Rows of this kind in d values with some more behind them that hardly matter, so that most kinds are served by a prefix of d
     * components.
     *
     * @param share of the usual value that the usual value of the tail is
     */
    public float[][] rowsWithTails(Random random, int n, int d, int tail, double share) {
        float[][] rows = rows(random, n, d);
        for (int r = 0; r < n; r++) {
            double square = 0;
            for (float value : rows[r]) {
                square += (double) value * value;
            }
            float[] faint = scaled(Seeds.reals(random, tail), share * Math.sqrt(square / d));
            rows[r] = Arrays.copyOf(rows[r], d + tail);
            System.arraycopy(faint, 0, rows[r], d, tail);
        }
        return rows;
    }

    /** Queries for rows: some of them, others near to one, between two, opposite to one, and with nothing to do with any. */
    public static float[][] queries(Random random, float[][] rows, int count) {
        int d = rows[0].length;
        float[][] queries = new float[count][];
        for (int i = 0; i < count; i++) {
            float[] row = rows[random.nextInt(rows.length)].clone();
            float[] other = rows[random.nextInt(rows.length)];
            int place = random.nextInt(d);
            switch (i % 8) {
                case 0, 1 -> {}
                case 2 -> row[place] = Math.nextUp(row[place]);
                case 3 -> row[place] += 0.01f * row[random.nextInt(d)];
                case 4 -> row = between(row, other);
                case 5 -> row = scaled(row, -1);
                case 6 -> row = Seeds.reals(random, d);
                default -> row = random.nextInt(3) == 0 ? new float[d] : scaled(row, random.nextDouble());
            }
            queries[i] = row;
        }
        return queries;
    }

    private static float[] between(float[] a, float[] b) {
        float[] middle = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            middle[i] = a[i] / 2 + b[i] / 2;
        }
        return middle;
    }

    private static float[] scaled(float[] row, double factor) {
        float[] scaled = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            scaled[i] = (float) (row[i] * factor);
        }
        return scaled;
    }

    private static void addTo(float[] sum, float factor, float[] row) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * row[i];
        }
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
