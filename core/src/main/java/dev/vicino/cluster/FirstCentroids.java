package dev.vicino.cluster;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses what k-means begins with. */
final class FirstCentroids {
    /** Rows a cluster that k-means++ draws from: it looks at all of them for each centroid. */
    private static final int DRAWN_FROM = 16;

    private static final int BLOCK = 1024;

    private final Rows rows;
    private final int count;
    private final boolean spherical;
    private final SplittableRandom random;

    FirstCentroids(Rows rows, int count, boolean spherical, long seed) {
        this.rows = rows;
        this.count = count;
        this.spherical = spherical;
        this.random = new SplittableRandom(seed);
    }

    float[] choose(KMeans.Start start) {
        int[] chosen = switch (start) {
            case SAMPLE -> draw(count);
            case PLUS_PLUS -> plusPlus();
        };
        int d = rows.dimension();
        float[] centroids = new float[count * d];
        for (int c = 0; c < count; c++) {
            MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(chosen[c]), centroids, c * d, d);
            if (spherical) {
                Lloyd.normalise(centroids, c * d, d);
            }
        }
        return centroids;
    }

    /** Some rows, none of them twice. */
    private int[] draw(int some) {
        int[] order = new int[rows.size()];
        Arrays.setAll(order, i -> i);
        for (int i = 0; i < some; i++) {
            int other = i + random.nextInt(order.length - i);
            int row = order[other];
            order[other] = order[i];
            order[i] = row;
        }
        return Arrays.copyOf(order, some);
    }

    private int[] plusPlus() {
        int[] drawn = draw((int) Math.min(rows.size(), (long) DRAWN_FROM * count));
        int d = rows.dimension();
        try (Memory memory = Memory.allocate(4L * drawn.length * d)) {
            for (int i = 0; i < drawn.length; i++) {
                MemorySegment.copy(rows.base(), rows.at(drawn[i]), memory.segment(), 4L * i * d, 4L * d);
            }
            Rows copies = Rows.of(memory, drawn.length, d);
            double[] squares = new double[drawn.length];
            Arrays.fill(squares, Double.MAX_VALUE);
            int[] chosen = new int[count];
            int next = 0;
            for (int c = 0; c < count; c++) {
                chosen[c] = drawn[next];
                comeNearer(copies, next, squares);
                next = draw(squares);
            }
            return chosen;
        }
    }

    /** Takes the squared distance from a row for those that lay farther from all before. */
    private static void comeNearer(Rows rows, int row, double[] squares) {
        float[] query = new float[rows.dimension()];
        MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(row), query, 0, query.length);
        float[] distances = new float[BLOCK];
        for (int from = 0; from < squares.length; from += BLOCK) {
            int some = Math.min(BLOCK, squares.length - from);
            Kernels.BEST.rows().squaredL2(query, rows, from, some, distances);
            for (int i = 0; i < some; i++) {
                squares[from + i] = Math.min(squares[from + i], distances[i]);
            }
        }
        squares[row] = 0;
    }

    /** A place by its share of the sum; any where all are zero. */
    private int draw(double[] squares) {
        double sum = Arrays.stream(squares).sum();
        double left = random.nextDouble() * sum;
        int last = random.nextInt(squares.length);
        for (int i = 0; i < squares.length && sum > 0; i++) {
            if (squares[i] > 0) {
                last = i;
                left -= squares[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
