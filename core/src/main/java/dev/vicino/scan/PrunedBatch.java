package dev.vicino.scan;

import dev.vicino.kernel.CodeKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ShortKernels;
import dev.vicino.kernel.ShortKernels.QueryTerms;
import dev.vicino.kernel.ShortKernels.RowTerms;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prefix;
import dev.vicino.scan.PruningCodes.Prepared;
import java.util.Arrays;

/**
 * Many queries at once, as a blocked matrix product of the prefixes in whole numbers of 16 bits, twice as many lanes as floats have.
 * What the bound leaves is looked at by the whole code and then by its distance: pairs that are probably near at once, for they lower
 * the thresholds, and others when all rows have been seen and the thresholds are as low as they get, which leaves fewer of them.
 * Answers as {@link PlainScan} does.
 *
 * <h2>Proof of the bound</h2>
 *
 * In the terms of {@link PruningCodes}: w = a·c + r with whole numbers c, made anew from the code of the prefix, and w′ = b·h + s. In
 * each of S = 2^t segments of the values ‖c‖ and ‖h‖ are at most {@value SegmentedShorts#LONGEST} ({@link SegmentedShorts}), so no
 * partial sum of c·h over a segment leaves 16 bits (Cauchy–Schwarz), and in all ‖c‖ ≤ √S·{@value SegmentedShorts#LONGEST} = C. The
 * kernel adds the sums of segments divided by S and rounded down, Q in all: |Q| ≤ {@value SegmentedShorts#LONGEST}² + S fits in 16
 * bits too, and c·h ≤ S·Q + S·(S − 1). So
 *
 * <pre>w·w′ ≤ a·( b·S·Q + b·S·(S − 1) + C·‖s‖ ) + ‖r‖·‖w′‖</pre>
 *
 * where ‖r‖ is computed for every row. The other terms are those of the prefix.
 *
 * <p>Not safe for use by several threads: one object is one batch on one thread.
 */
final class PrunedBatch {
    private static final CodeKernels CODE_KERNELS = Kernels.BEST.codes();
    private static final ShortKernels KERNELS = Kernels.BEST.shorts();
    private static final int GROUP = KERNELS.groupSize();

    /** A block of prefixes fits in the first-level cache beside a group of queries. */
    private static final int BLOCK_ROWS = 16 * ShortKernels.TILE_ROWS;

    /** Pairs that are compared in one call of a kernel. */
    private static final int PAIRS_AT_ONCE = 1024;

    /** Pairs whose distances are computed in one call: reads from memory overlap, and thresholds are hardly older than they could be. */
    private static final int LEFT_AT_ONCE = 8;

    /** Pairs put off at most, for every query, 8 bytes each; where more stay near they are looked at before all rows were seen. */
    private static final int MAX_DEFERRED = 4096;

    /** Where nearly every pair is left nothing is learnt from the share but that the bound is useless. */
    private static final double HOPELESS = 0.9;

    /** How the share falls is told from what it was when one in so many rows had been seen. */
    private static final double EARLY = 16;

    /** The share falls no faster than about the inverse of the rows seen. */
    private static final double MOST_FALL = 0.99;

    private final Distances distances;
    private final PruningCodes codes;
    private final int p;
    private final int segments;
    private final Query[] queries;
    private final Nearest[] nearest;

    /** The queries as whole codes take them, one after the other. */
    private final short[] wholes;

    private final float[] wholeFactors;
    private final float[] wholeMargins;

    private final int lanes;

    private final short[] packed;
    private final QueryTerms queryTerms;
    private final RowTerms rowTerms = new RowTerms(BLOCK_ROWS);
    private final PrefixDecoder decoder;
    private final short[] block;
    private final short[] products = new short[BLOCK_ROWS * GROUP];
    private final DeferredPairs deferred;

    /** What is below a query's cutoff is probably the bound of a near row. */
    private final float[] cutoffs;

    private final int[] pairLanes = new int[PAIRS_AT_ONCE];
    private final int[] pairRows = new int[PAIRS_AT_ONCE];
    private final int[] sums = new int[PAIRS_AT_ONCE];
    private int pairs;

    private final int[] leftLanes = new int[LEFT_AT_ONCE];
    private final Query[] leftQueries = new Query[LEFT_AT_ONCE];
    private final int[] leftRows = new int[LEFT_AT_ONCE];
    private final float[] leftDistances = new float[LEFT_AT_ONCE];
    private int lefts;

    private long compared;
    private long left;
    private double earlySeen;
    private double earlyShare;
    private final long[] exact;

    /** Looks at the rows that are added to what each query has found already. */
    PrunedBatch(
            Distances distances,
            PruningCodes codes,
            Prefix prefix,
            Query[] queries,
            Nearest[] nearest,
            DeferredPairs deferred) {
        this.distances = distances;
        this.codes = codes;
        this.p = prefix.components();
        this.segments = SegmentedShorts.segments(p);
        this.queries = queries;
        this.nearest = nearest;
        this.wholes = new short[queries.length * codes.full.codes.width()];
        this.wholeFactors = new float[queries.length];
        this.wholeMargins = new float[queries.length];
        this.lanes = Math.ceilDiv(queries.length, GROUP) * GROUP;
        this.packed = new short[lanes * p];
        this.queryTerms = new QueryTerms(lanes);
        this.decoder = new PrefixDecoder(prefix);
        this.block = new short[BLOCK_ROWS * p];
        this.exact = new long[queries.length];
        this.deferred = deferred;
        this.cutoffs = new float[lanes];
        Arrays.fill(queryTerms.thresholds(), Float.NEGATIVE_INFINITY); // nothing is near a padding lane
        for (int i = 0; i < queries.length; i++) {
            Prepared prepared = codes.prepare(queries[i]);
            Comparison whole = prepared.full();
            System.arraycopy(whole.values(), 0, wholes, i * whole.values().length, whole.values().length);
            wholeFactors[i] = whole.factor();
            wholeMargins[i] = whole.margin();
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
        double factor = (double) weight * query.scale();
        int to = lane / GROUP * GROUP * p + lane % GROUP;
        for (int i = 0; i < p; i++) {
            packed[to + i * GROUP] = query.values()[i];
        }
        double floors = factor * segments * (segments - 1);
        double most = SegmentedShorts.LONGEST * Math.sqrt(segments);
        queryTerms.factors()[lane] = (float) (factor * segments);
        queryTerms.margins()[lane] = PruningCodes.up(floors + most * (weight * query.error() + of.slack()));
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
        setCutoffs(count);
        for (int lane = 0; lane < lanes; lane += GROUP) {
            KERNELS.products(packed, lane * p, block, count, p, p / segments, SegmentedShorts.shift(p), products);
            int first = deferred.size();
            deferred.reserve(count * GROUP + ShortKernels.SPARE);
            int end = KERNELS.bounded(
                    products, count, rowTerms, queryTerms, lane, first, deferred.lower, deferred.places);
            deferred.add(from, lane, end);
            takeNear(from, lane, first, end);
            left += end - first;
        }
        look();
        compared += count;
        if (deferred.size() > MAX_DEFERRED * queries.length) {
            makeRoom();
        }
    }

    /** A pair is probably near where its product is, without the margins: those are taken off here as they are on average. */
    private void setCutoffs(int count) {
        float scale = mean(rowTerms.scales(), count);
        float error = mean(rowTerms.errors(), count);
        float tail = mean(rowTerms.tails(), count);
        for (int lane = 0; lane < lanes; lane++) {
            cutoffs[lane] = queryTerms.thresholds()[lane]
                    - scale * queryTerms.margins()[lane]
                    - error * queryTerms.errorFactors()[lane]
                    - tail * queryTerms.tailFactors()[lane];
        }
    }

    private static float mean(float[] values, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Float.isNaN(values[i]) ? 0 : values[i];
        }
        return sum / count;
    }

    /** Pairs of a tile that are probably near are looked at when the block is done, for they lower the thresholds. */
    private void takeNear(int row, int lane, int first, int end) {
        float[] lower = deferred.lower;
        int[] places = deferred.places;
        for (int i = first; i < end; i++) {
            int query = lane + places[i] % GROUP;
            if (lower[i] <= cutoffs[query]) {
                lower[i] = Float.NaN;
                pair(query, row + places[i] / GROUP);
            }
        }
    }

    private void makeRoom() {
        deferred.keepNear(queryTerms.thresholds(), GROUP);
        if (deferred.size() > MAX_DEFERRED / 4 * 3 * queries.length) {
            finish();
        }
    }

    /** Looks at what was put off. */
    void finish() {
        float[] thresholds = queryTerms.thresholds();
        for (int tile = 0; tile < deferred.tiles(); tile++) {
            int lane = deferred.lane(tile);
            int row = deferred.row(tile);
            for (int i = deferred.from(tile); i < deferred.from(tile + 1); i++) {
                int place = deferred.places[i];
                if (deferred.lower[i] <= thresholds[lane + place % GROUP]) {
                    pair(lane + place % GROUP, row + place / GROUP);
                }
            }
        }
        look();
        deferred.clear();
    }

    private void pair(int lane, int row) {
        pairLanes[pairs] = lane;
        pairRows[pairs++] = row;
        if (pairs == PAIRS_AT_ONCE) {
            look();
        }
    }

    /** Looks again at the pairs gathered by their whole codes and, where these leave them, by their distances. */
    private void look() {
        CODE_KERNELS.dotPairs(wholes, pairLanes, codes.full.codes, pairRows, pairs, sums);
        for (int i = 0; i < pairs; i++) {
            int lane = pairLanes[i];
            int row = pairRows[i];
            float product = codes.full.scales.get(row) * (wholeFactors[lane] * sums[i] + wholeMargins[lane]);
            float bound = queryTerms.offsets()[lane] + codes.terms.get(row) - product;
            if (bound <= queryTerms.thresholds()[lane]) {
                leftLanes[lefts] = lane;
                leftQueries[lefts] = queries[lane];
                leftRows[lefts++] = row;
                if (lefts == LEFT_AT_ONCE) {
                    compare();
                }
            }
        }
        compare();
        pairs = 0;
    }

    /** Computes the distances of what whole codes left. */
    private void compare() {
        distances.compute(leftQueries, leftRows, lefts, leftDistances);
        for (int i = 0; i < lefts; i++) {
            int lane = leftLanes[i];
            nearest[lane].add(leftDistances[i], leftRows[i]);
            queryTerms.thresholds()[lane] = nearest[lane].threshold();
            exact[lane]++;
        }
        lefts = 0;
    }

    /**
     * Whether to go on, given the share of pairs of row and query that was left since this was asked last. Thresholds fall with the
     * rows seen, and so does the share: about as their inverse where neighbours are few, hardly where the bound is loose, which the
     * shares tell. A pair that is left costs about 6 ns, one that is looked at 40 ns and 1/48 ns a value, a value of the product
     * 1/58 ns in floats and 1/90 ns in 16 bits: measured on one machine, but only the order of magnitude matters.
     *
     * @param rows how many rows the share is of
     * @param seen rows seen by these queries in all, x
     */
    boolean pays(long rows, double seen, double n) {
        double share = (double) left / queries.length / rows;
        left = 0;
        if (share >= HOPELESS || seen >= n) {
            return share < HOPELESS;
        }
        if (earlySeen == 0 && seen >= n / EARLY) {
            earlySeen = seen;
            earlyShare = share;
        }
        boolean known = earlySeen > 0 && seen >= 2 * earlySeen && share > 0;
        double fall =
                known ? Math.clamp(Math.log(earlyShare / share) / Math.log(seen / earlySeen), 0, MOST_FALL) : MOST_FALL;
        double last = share * Math.pow(seen / n, fall);
        double mean = (last * n - share * seen) / ((1 - fall) * (n - seen));
        double looked = last * n <= MAX_DEFERRED ? last : mean;
        int d = distances.dimension();
        return mean * 6 + looked * (40 + d / 48.0) < d / 58.0 - p / 90.0;
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
