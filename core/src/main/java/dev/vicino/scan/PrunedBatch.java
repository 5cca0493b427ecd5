package dev.vicino.scan;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Kernels.QueryTerms;
import dev.vicino.kernel.Kernels.RowTerms;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prefix;
import dev.vicino.scan.PruningCodes.Prepared;
import java.util.Arrays;

/**
 * Many queries at once, as a blocked matrix product of the prefixes in whole numbers of 16 bits, twice as many lanes as floats have.
 * What the bound leaves is looked at by the whole code and then by its distance. Answers as {@link PlainScan} does.
 *
 * <h2>Proof of the bound</h2>
 *
 * In the terms of {@link PruningCodes}: w = a·c + r with whole numbers c of ‖c‖ ≤ {@value #LONGEST}, made anew from the code of the
 * prefix, and w′ = b·h + s with ‖h‖ ≤ {@value #LONGEST}. No partial sum of c·h leaves 16 bits (Cauchy–Schwarz), and
 *
 * <pre>w·w′ ≤ a·( b·(c·h) + {@value #LONGEST}·‖s‖ ) + ‖r‖·‖w′‖</pre>
 *
 * where ‖r‖ is computed for every row. The other terms are those of the prefix.
 *
 * <p>Not safe for use by several threads: one object is one batch on one thread.
 */
final class PrunedBatch {
    /** The largest whole number whose square fits in 16 bits with a sign. */
    static final int LONGEST = 181;

    private static final Kernels KERNELS = Kernels.BEST;
    private static final int GROUP = KERNELS.shortGroupSize();

    /** A block of prefixes fits in the first-level cache beside a group of queries. */
    private static final int BLOCK_ROWS = 16 * Kernels.TILE_ROWS;

    /** Where nearly every pair is left nothing is learnt from the share but that the bound is useless. */
    private static final double HOPELESS = 0.9;

    /** Blocks after which it is checked whether pruning pays. */
    private static final int CHECKED_BLOCKS = 16;

    private final Distances distances;
    private final PruningCodes codes;
    private final Prefix prefix;
    private final int p;
    private final Query[] queries;
    private final Nearest[] nearest;
    private final Prepared[] prepared;
    private final int lanes;

    private final short[] packed;
    private final QueryTerms queryTerms;
    private final RowTerms rowTerms = new RowTerms(BLOCK_ROWS);
    private final short[] block;
    private final short[] products = new short[BLOCK_ROWS * GROUP];
    private final int[] places = new int[BLOCK_ROWS * GROUP];
    private final int[] sum = new int[1];

    private long compared;
    private final long[] exact;

    /** Looks at the rows that are added to what each query has found already. */
    PrunedBatch(Distances distances, PruningCodes codes, Prefix prefix, Query[] queries, Nearest[] nearest) {
        this.distances = distances;
        this.codes = codes;
        this.prefix = prefix;
        this.p = prefix.components();
        this.queries = queries;
        this.nearest = nearest;
        this.prepared = new Prepared[queries.length];
        this.lanes = Math.ceilDiv(queries.length, GROUP) * GROUP;
        this.packed = new short[lanes * p];
        this.queryTerms = new QueryTerms(lanes);
        this.block = new short[BLOCK_ROWS * p];
        this.exact = new long[queries.length];
        Arrays.fill(queryTerms.thresholds(), Float.NEGATIVE_INFINITY); // nothing is near a padding lane
        for (int i = 0; i < queries.length; i++) {
            prepared[i] = codes.prepare(queries[i]);
            pack(i);
        }
    }

    private void pack(int lane) {
        PruningCodes.Projection of = prepared[lane].projection();
        if (of == null) {
            throw new IllegalStateException("no prefix");
        }
        Rounded query = Rounded.of(of.coordinates(), p);
        int weight = codes.weight();
        int to = lane / GROUP * GROUP * p + lane % GROUP;
        for (int i = 0; i < p; i++) {
            packed[to + i * GROUP] = query.values[i];
        }
        queryTerms.factors()[lane] = weight * query.scale;
        queryTerms.margins()[lane] = PruningCodes.up(LONGEST * (weight * query.error + of.slack()));
        queryTerms.errorFactors()[lane] = PruningCodes.up(weight * of.length() + of.slack());
        queryTerms.tailFactors()[lane] = PruningCodes.up(weight * of.tail() + of.slack());
        queryTerms.offsets()[lane] = prepared[lane].offset();
        queryTerms.thresholds()[lane] = nearest[lane].threshold();
    }

    /** Values in whole numbers: about scale·values, off by {@code error}. */
    private record Rounded(short[] values, float scale, double error) {
        static Rounded of(double[] of, int p) {
            double square = 0;
            for (int i = 0; i < p; i++) {
                square += of[i] * of[i];
            }
            double scale = Math.max(Math.sqrt(square) / (LONGEST - 2), 0x1p-100);
            short[] values = new short[p];
            while (true) {
                double rounded = (float) scale;
                long length = 0;
                double error = 0;
                for (int i = 0; i < p; i++) {
                    values[i] = (short) Math.rint(of[i] / rounded);
                    double difference = of[i] - rounded * values[i];
                    length += values[i] * values[i];
                    error += difference * difference;
                }
                if (length <= LONGEST * LONGEST) {
                    return new Rounded(values, (float) rounded, Math.sqrt(error));
                }
                scale *= 1.01; // rounding lengthened it
            }
        }
    }

    /**
     * Adds the nearest of a range of rows, none of them extreme, to those found.
     *
     * @return the row up to which it came before it saw that pruning does not pay; {@code to} where it does
     */
    int search(int from, int to) {
        long left = 0;
        int row = from;
        for (int blocks = 1; row < to; blocks++) {
            int count = Math.min(BLOCK_ROWS, to - row);
            left += searchBlock(row, count);
            row += count;
            if (blocks % CHECKED_BLOCKS == 0) {
                if (!pays((double) left / queries.length / (CHECKED_BLOCKS * BLOCK_ROWS), row, to)) {
                    break;
                }
                left = 0;
            }
        }
        return row;
    }

    /**
     * Whether to go on, given the share of pairs of row and query that was left in the last blocks. Thresholds fall with the rows
     * seen, and the share about as their inverse, so that on average x·ln(to/x)/(to − x) of it is to come after x rows. A pair that
     * is left costs about 12 ns, a value of the product 1/58 ns in floats and 1/97 ns in 16 bits: measured on one machine, but only
     * the order of magnitude matters.
     */
    private boolean pays(double left, double row, double to) {
        double expected = row < to ? left * row * Math.log(to / row) / (to - row) : 0;
        double saved = distances.dimension() / 58.0 - p / 97.0;
        return left < HOPELESS && expected * 12 < saved;
    }

    private int searchBlock(int from, int count) {
        decode(from, count);
        int left = 0;
        for (int lane = 0; lane < lanes; lane += GROUP) {
            KERNELS.shortProducts(packed, lane * p, block, count, p, products);
            int found = KERNELS.shortBounded(products, count, rowTerms, queryTerms, lane, places);
            for (int i = 0; i < found; i++) {
                look(lane + places[i] % GROUP, from + places[i] / GROUP);
            }
            left += found;
        }
        compared += count;
        return left;
    }

    private void decode(int from, int count) {
        prefix.codes().scales.get(from, rowTerms.scales(), count);
        prefix.tails().get(from, rowTerms.tails(), count);
        codes.terms.get(from, rowTerms.terms(), count);
        double[] values = new double[p];
        for (int r = 0; r < count; r++) {
            float scale = rowTerms.scales()[r];
            if (Float.isNaN(scale)) {
                Arrays.fill(block, r * p, (r + 1) * p, (short) 0);
                continue;
            }
            for (int i = 0; i < p; i++) {
                values[i] = (double) scale * prefix.codes().get(from + r, i);
            }
            Rounded rounded = Rounded.of(values, p);
            System.arraycopy(rounded.values, 0, block, r * p, p);
            rowTerms.scales()[r] = rounded.scale;
            rowTerms.errors()[r] = PruningCodes.up(rounded.error + scale * prefix.codes().facts.maxError);
        }
        Bitmap allowed = queries[0].allowed;
        if (allowed != null) {
            allowed.mask(from, count, rowTerms.scales());
        }
    }

    /** Looks again at a row that may be near, by its whole code. */
    private void look(int lane, int row) {
        Comparison full = prepared[lane].full();
        codes.sums(full, codes.full, row, 1, sum);
        float product = codes.full.scales.get(row) * (full.factor() * sum[0] + full.margin());
        if (prepared[lane].offset() + codes.terms.get(row) - product <= nearest[lane].threshold()) {
            nearest[lane].add(distances.compute(queries[lane], row), row);
            queryTerms.thresholds()[lane] = nearest[lane].threshold();
            exact[lane]++;
        }
    }

    /** Rows of which a code was compared with every query. */
    long compared() {
        return compared;
    }

    /** Rows whose distance from a query was computed. */
    long exact(int query) {
        return exact[query];
    }
}
