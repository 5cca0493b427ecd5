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
 * In the terms of {@link PruningCodes}: w = a·c + r with whole numbers c, made anew from the code of the prefix, and w′ = b·h + s. In
 * each of {@value #SEGMENTS} segments of the values ‖c‖ and ‖h‖ are at most {@value #LONGEST}, so no partial sum of c·h over a segment
 * leaves 16 bits (Cauchy–Schwarz), and in all ‖c‖ ≤ √{@value #SEGMENTS}·{@value #LONGEST} = C. So
 *
 * <pre>w·w′ ≤ a·( b·(c·h) + C·‖s‖ ) + ‖r‖·‖w′‖</pre>
 *
 * where ‖r‖ is computed for every row. The other terms are those of the prefix.
 *
 * <p>Not safe for use by several threads: one object is one batch on one thread.
 */
final class PrunedBatch {
    /** The largest whole number whose square fits in 16 bits with a sign. */
    static final int LONGEST = 181;

    /** Value i belongs to segment i mod this, so that the long leading components are spread. */
    static final int SEGMENTS = 4;

    private static final double MOST = LONGEST * 2; // √SEGMENTS

    private static final Kernels KERNELS = Kernels.BEST;
    private static final int GROUP = KERNELS.shortGroupSize();

    /** A block of prefixes fits in the first-level cache beside a group of queries. */
    private static final int BLOCK_ROWS = 16 * Kernels.TILE_ROWS;

    /** Where nearly every pair is left nothing is learnt from the share but that the bound is useless. */
    private static final double HOPELESS = 0.9;

    private final Distances distances;
    private final PruningCodes codes;
    private final int p;
    private final Query[] queries;
    private final Nearest[] nearest;
    private final Comparison[] wholes;
    private final int lanes;

    private final short[] packed;
    private final QueryTerms queryTerms;
    private final RowTerms rowTerms = new RowTerms(BLOCK_ROWS);
    private final PrefixDecoder decoder;
    private final short[] block;
    private final short[] scratch = new short[BLOCK_ROWS * GROUP];
    private final int[] products = new int[BLOCK_ROWS * GROUP];
    private final int[] places = new int[BLOCK_ROWS * GROUP];
    private final int[] sum = new int[1];

    private long compared;
    private long left;
    private final long[] exact;

    /** Looks at the rows that are added to what each query has found already. */
    PrunedBatch(Distances distances, PruningCodes codes, Prefix prefix, Query[] queries, Nearest[] nearest) {
        this.distances = distances;
        this.codes = codes;
        this.p = prefix.components();
        this.queries = queries;
        this.nearest = nearest;
        this.wholes = new Comparison[queries.length];
        this.lanes = Math.ceilDiv(queries.length, GROUP) * GROUP;
        this.packed = new short[lanes * p];
        this.queryTerms = new QueryTerms(lanes);
        this.decoder = new PrefixDecoder(prefix);
        this.block = new short[BLOCK_ROWS * p];
        this.exact = new long[queries.length];
        Arrays.fill(queryTerms.thresholds(), Float.NEGATIVE_INFINITY); // nothing is near a padding lane
        for (int i = 0; i < queries.length; i++) {
            Prepared prepared = codes.prepare(queries[i]);
            wholes[i] = prepared.full();
            pack(i, prepared);
        }
    }

    private void pack(int lane, Prepared prepared) {
        PruningCodes.Projection of = prepared.projection();
        if (of == null) {
            throw new IllegalStateException("no prefix");
        }
        SegmentedShorts query = SegmentedShorts.of(of.coordinates());
        int weight = codes.weight();
        int to = lane / GROUP * GROUP * p + lane % GROUP;
        for (int i = 0; i < p; i++) {
            packed[to + i * GROUP] = query.values()[i];
        }
        queryTerms.factors()[lane] = weight * query.scale();
        queryTerms.margins()[lane] = PruningCodes.up(MOST * (weight * query.error() + of.slack()));
        queryTerms.errorFactors()[lane] = PruningCodes.up(weight * of.length() + of.slack());
        queryTerms.tailFactors()[lane] = PruningCodes.up(weight * of.tail() + of.slack());
        queryTerms.offsets()[lane] = prepared.offset();
        queryTerms.thresholds()[lane] = nearest[lane].threshold();
    }

    /** Adds the nearest of a range of rows, but for extreme ones, to those found. */
    void search(int from, int to) {
        for (int row = from; row < to; row += BLOCK_ROWS) {
            searchBlock(row, Math.min(BLOCK_ROWS, to - row));
        }
    }

    private void searchBlock(int from, int count) {
        decoder.decode(from, count, block, rowTerms);
        codes.terms.get(from, rowTerms.terms(), count);
        Bitmap allowed = queries[0].allowed;
        if (allowed != null) {
            allowed.mask(from, count, rowTerms.scales());
        }
        for (int lane = 0; lane < lanes; lane += GROUP) {
            KERNELS.shortProducts(packed, lane * p, block, count, p, p / SEGMENTS, scratch, products);
            int found = KERNELS.shortBounded(products, count, rowTerms, queryTerms, lane, places);
            for (int i = 0; i < found; i++) {
                look(lane + places[i] % GROUP, from + places[i] / GROUP);
            }
            left += found;
        }
        compared += count;
    }

    /** Looks again at a row that may be near, by its whole code. */
    private void look(int lane, int row) {
        Comparison full = wholes[lane];
        KERNELS.dotCodes(full.values(), codes.full.codes, row, 1, sum);
        float product = codes.full.scales.get(row) * (full.factor() * sum[0] + full.margin());
        if (queryTerms.offsets()[lane] + codes.terms.get(row) - product
                <= queryTerms.thresholds()[lane]) {
            nearest[lane].add(distances.compute(queries[lane], row), row);
            queryTerms.thresholds()[lane] = nearest[lane].threshold();
            exact[lane]++;
        }
    }

    /**
     * Whether to go on, given the share of pairs of row and query that was left since this was asked last. Thresholds fall with the
     * rows seen, and the share about as their inverse, so that on average x·ln(n/x)/(n − x) of it is to come after x of n rows. A pair
     * that is left costs about 40 ns, a value of the product 1/58 ns in floats and 1/90 ns in 16 bits: measured on one machine, but
     * only the order of magnitude matters.
     *
     * @param rows how many rows the share is of
     * @param seen rows seen by these queries in all, x
     */
    boolean pays(long rows, double seen, double n) {
        double share = (double) left / queries.length / rows;
        left = 0;
        double expected = seen < n ? share * seen * Math.log(n / seen) / (n - seen) : 0;
        double saved = distances.dimension() / 58.0 - p / 90.0;
        return share < HOPELESS && expected * 40 < saved;
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
