package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.IndexSpec.Hnsw;

/**
 * What an index is likely to cost, before it is built: how many bytes are read in order and how many lines of the cache out of order,
 * times what the machine takes for them. Good to a factor of two, which is enough to leave out what cannot win; who might win is measured.
 *
 * <pre>
 * scan         n·d·4 bytes in order; pruned: the codes, n·d·0.6, and the rows that are read whole
 * tree         2 to the power of the intrinsic dimension leaves, in order
 * graph        ef nodes · 12 new neighbours each · (lines of a node or row, eight fetched at once)
 * ef           0.9 / (1 − recall), times a tenth of the intrinsic dimension; k at least
 * lists        nlist centroids in order, and the rows or codes of the lists looked into
 * insertion    a search with ef = efConstruction, and half as much again for the links
 * </pre>
 */
final class CostModel {
    private static final double LINE = 64;
    private static final double LINES_AT_ONCE = 8;
    private static final double NEIGHBOURS_A_NODE = 12;
    private static final double PRUNING_CODE_BYTES = 0.6;
    private static final double PRUNING_MEMORY = 1.6;
    private static final double NANOS_A_SECOND = 1e9;

    /** From so many dimensions on a tree has no leaf that need not be looked into. */
    private static final double LEAVES_ALL = 20;

    private final DataProfile data;
    private final Machine machine;
    private final int threads;

    /** For vectors on a machine, whose builds have so many threads. */
    CostModel(DataProfile data, Machine machine, int threads) {
        this.data = data;
        this.machine = machine;
        this.threads = threads;
    }

    Cost predict(IndexSpec spec, double recall, int k) {
        double n = data.vectors();
        return switch (spec.navigator()) {
            case IndexSpec.Flat(boolean prune, var _) ->
                new Cost(
                        micros(n * scannedBytes(prune)),
                        (long) (n * (rowBytes() + (prune ? PRUNING_MEMORY * data.dimension() : 0))),
                        n * rowBytes() / machine.rates().readBytes() * (prune ? 10 : 1));
            case IndexSpec.KdTree(int leaf) -> tree(leaf);
            case IndexSpec.BallTree(int leaf) -> tree(leaf);
            case Hnsw hnsw ->
                new Cost(
                        nodes(ef(recall, k), k) * nodeNanos(spec) / 1e3,
                        (long) (n * (keptBytes(spec) + nodeBytes(spec, hnsw))),
                        n * 1.5 * nodes(hnsw.efConstruction(), k) * nodeNanos(spec) / NANOS_A_SECOND / threads);
            case IndexSpec.Ivf ivf ->
                new Cost(
                        micros(ivf.nlist() * rowBytes() + n * looked(recall) * listedBytes(spec)),
                        (long) (n * (keptBytes(spec) + codeBytes(spec))),
                        ivf.iterations()
                                * n
                                * ivf.nlist()
                                * data.dimension()
                                / machine.rates().multiplyAdds()
                                / threads);
            case IndexSpec.Auto auto -> throw new IllegalArgumentException("spec = " + spec + ", expected a navigator");
        };
    }

    private Cost tree(int leaf) {
        double n = data.vectors();
        double rows = Math.min(n, leaf * Math.pow(2, Math.min(LEAVES_ALL, data.intrinsicDimension())));
        double sorting = n
                * Math.log(Math.max(2, n))
                * data.dimension()
                / machine.rates().multiplyAdds();
        return new Cost(micros(rows * rowBytes()), (long) (n * rowBytes()), sorting / threads);
    }

    private double micros(double bytes) {
        return 1e6 * bytes / machine.rates().readBytes();
    }

    private double rowBytes() {
        return (double) Float.BYTES * data.dimension() + Float.BYTES;
    }

    /** Bytes of a row as it is kept, for those that are compared again. */
    private double keptBytes(IndexSpec spec) {
        return switch (spec.refine()) {
            case NONE, FLAT -> rowBytes();
            case FP16 -> 2.0 * data.dimension() + Float.BYTES;
            case SQ8 -> data.dimension() + Float.BYTES;
        };
    }

    private double scannedBytes(boolean prune) {
        double pruned = PRUNING_CODE_BYTES * data.dimension() + data.readWhole() * rowBytes();
        return prune ? Math.min(pruned, rowBytes()) : rowBytes();
    }

    private double ef(double recall, int k) {
        double hardness = Math.max(0.5, data.intrinsicDimension() / 10);
        return Math.max(k, 0.9 / Math.max(1e-4, 1 - recall) * hardness);
    }

    /** Nodes compared: never more than there are. */
    private double nodes(double ef, int k) {
        return Math.min(data.vectors(), Math.max(ef, k) * NEIGHBOURS_A_NODE);
    }

    /** Nanoseconds to fetch and compare what a walk compares of a node. */
    private double nodeNanos(IndexSpec spec) {
        double bytes = spec.code() instanceof IndexSpec.Float32 ? rowBytes() : codeBytes(spec);
        double lines = Math.ceil(bytes / LINE);
        double inOrder = bytes / machine.rates().readBytes() * NANOS_A_SECOND;
        return machine.rates().readLatency() * Math.min(lines, 2) / LINES_AT_ONCE + inOrder;
    }

    /** The share of the rows that lie in the lists looked into: a twentieth where a tenth may be missed, more where less may be. */
    private static double looked(double recall) {
        return Math.min(1, 0.005 / Math.max(1e-3, 1 - recall));
    }

    private double listedBytes(IndexSpec spec) {
        return spec.code() instanceof IndexSpec.Float32 ? rowBytes() : codeBytes(spec);
    }

    private double codeBytes(IndexSpec spec) {
        return codeBytes(spec.code(), data.dimension());
    }

    private static double codeBytes(IndexSpec.Code code, int dimension) {
        return switch (code) {
            case IndexSpec.Float32() -> 0;
            case IndexSpec.Float16() -> 2.0 * dimension;
            case IndexSpec.Int8() -> dimension + 8.0;
            case IndexSpec.Product product -> product.parts() * product.bits() / 8.0 + 8;
            case IndexSpec.RaBitQ(int bits) -> bits * Math.ceil(dimension / 8.0) + 16;
            case IndexSpec.Projected(int components, IndexSpec.Code inner) -> codeBytes(inner, components);
        };
    }

    private double nodeBytes(IndexSpec spec, Hnsw hnsw) {
        return Math.ceil((codeBytes(spec) + 2.0 * hnsw.m() * Integer.BYTES + Integer.BYTES) / LINE) * LINE + 12;
    }
}
