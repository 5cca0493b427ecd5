package dev.vicino.bench.data;

import dev.vicino.Metric;
import dev.vicino.Vectors;
import java.util.SplittableRandom;

/** Kinds of vectors that are made, each with a trait of its own; the same seed, the same vectors. */
public enum GeneratedKind {
    /** Points of a plane, in clusters. */
    PLANE(Metric.L2, 2, 200_000) {
        @Override
        Fill fill() {
            return clustered(dimension(), 500, 0.1f);
        }
    },
    /** Sixteen dimensions, in clusters about as wide as they lie apart. */
    SIXTEEN(Metric.L2, 16, 200_000) {
        @Override
        Fill fill() {
            return clustered(dimension(), 200, 0.7f);
        }
    },
    /** Inner products of vectors whose lengths are log-normal, as recommender systems have them. */
    PRODUCTS(Metric.DOT, 96, 100_000) {
        @Override
        Fill fill() {
            Fill directions = clustered(dimension(), 200, 0.7f);
            return (random, row) -> {
                directions.next(random, row);
                UnitLength.apply(row);
                float length = (float) Math.exp(0.5 * random.nextGaussian());
                for (int i = 0; i < row.length; i++) {
                    row[i] *= length;
                }
            };
        }
    },
    /** Five thousand vectors over and over, some of them hundreds of times. */
    DUPLICATES(Metric.COSINE, 96, 100_000) {
        @Override
        Fill fill() {
            float[][] distinct =
                    pool(new SplittableRandom(POOL_SEED), DISTINCT, dimension(), clustered(dimension(), 200, 0.7f));
            return (random, row) -> {
                double uniform = random.nextDouble();
                int which = (int) (DISTINCT * uniform * uniform * uniform);
                System.arraycopy(distinct[which], 0, row, 0, row.length);
            };
        }
    },
    /** Unit vectors whose i-th principal component has a variance proportional to 1/i. */
    SPECTRUM(Metric.COSINE, 1536, 100_000) {
        @Override
        Fill fill() {
            Mixing mixing = new Mixing(dimension(), POOL_SEED);
            return (random, row) -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] = (float) (random.nextGaussian() / Math.sqrt(i + 1.0));
                }
                mixing.apply(row);
                UnitLength.apply(row);
            };
        }
    };

    private static final long POOL_SEED = 7;
    private static final int DISTINCT = 5_000;

    private final Metric metric;
    private final int dimension;
    private final int rows;

    GeneratedKind(Metric metric, int dimension, int rows) {
        this.metric = metric;
        this.dimension = dimension;
        this.rows = rows;
    }

    /** Fills a row by chance. */
    interface Fill {
        void next(SplittableRandom random, float[] row);
    }

    abstract Fill fill();

    /** What near means among them. */
    public Metric metric() {
        return metric;
    }

    /** How many there are in full. */
    public int rows() {
        return rows;
    }

    /** Values of a vector. */
    public int dimension() {
        return dimension;
    }

    /** So many of them, off the heap. */
    public Vectors vectors(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Fill fill = fill();
        try (Vectors.Builder builder = Vectors.builder(dimension).reserve(count)) {
            float[] row = new float[dimension];
            for (int i = 0; i < count; i++) {
                fill.next(random, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    private static float[][] pool(SplittableRandom random, int count, int dimension, Fill fill) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            fill.next(random, row);
        }
        return rows;
    }

    private static Fill clustered(int dimension, int clusters, float width) {
        SplittableRandom pool = new SplittableRandom(POOL_SEED);
        float[][] centres = new float[clusters][dimension];
        for (float[] centre : centres) {
            for (int i = 0; i < dimension; i++) {
                centre[i] = (float) pool.nextGaussian();
            }
        }
        return (random, row) -> {
            float[] centre = centres[random.nextInt(clusters)];
            for (int i = 0; i < row.length; i++) {
                row[i] = centre[i] + width * (float) random.nextGaussian();
            }
        };
    }
}
