package dev.vicino;

import dev.vicino.tree.TreeParameters;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an index is made of, as a text that FAISS users know: {@code Flat}, {@code HNSW16,RaBitQ2,Refine(Flat)},
 * {@code IVF1024,RaBitQ,Refine(Flat)}.
 *
 * <p>{@link #toString} gives the canonical form, which parses to an equal spec.
 *
 * @param navigator where to look for neighbours
 * @param code what is compared there
 * @param refine how it ends
 * @param normalised whether all vectors and queries are given length 1 first, and compared as such, whatever the metric
 */
public record IndexSpec(Navigator navigator, Code code, Refine refine, boolean normalised) {
    /** Where to look. */
    public sealed interface Navigator permits Flat, KdTree, BallTree, Hnsw, Ivf, Auto {}

    /** What is compared with the query. */
    public sealed interface Code permits Float32, Float16, Int8, Product, RaBitQ, Projected {}

    /** How a search ends. */
    public enum Refine {
        /** With the distances of the codes. */
        NONE(""),
        /** With exact distances of the nearest by code. */
        FLAT("Flat"),
        /** With those of their values in half precision, which is how rows are kept then. */
        FP16("FP16"),
        /** With those of their values in eight bits, every dimension with a range of its own. */
        SQ8("SQ8");

        private final String rows;

        Refine(String rows) {
            this.rows = rows;
        }

        /** What a spec calls it. */
        @Override
        public String toString() {
            return rows.isEmpty() ? "none" : "Refine(" + rows + ")";
        }
    }

    /**
     * Checks that the parts go together.
     *
     * @throws IllegalArgumentException naming the part that does not
     */
    public IndexSpec {
        boolean changes = navigator instanceof Hnsw || navigator instanceof Ivf;
        if (normalised && !changes) {
            throw new IllegalArgumentException(
                    "L2norm does not go with " + navigator + ", expected HNSW<M> or IVF<nlist>");
        }
        if (!changes && !(code instanceof Float32)) {
            throw new IllegalArgumentException("code = " + code + ", expected Flat after " + navigator);
        }
        if (code instanceof Float32 && refine != Refine.NONE) {
            throw new IllegalArgumentException("refine = " + refine + ", expected none: Flat is exact already");
        }
        if (!tellsMore(refine, code)) {
            throw new IllegalArgumentException(
                    "refine = " + refine + ", expected rows that tell more than the code, which is " + code);
        }
        if (navigator instanceof Hnsw && isResidual(code)) {
            throw new IllegalArgumentException(
                    "code = " + code + ", expected one without r after HNSW: residuals are those of lists");
        }
    }

    /** Of vectors as they are. */
    public IndexSpec(Navigator navigator, Code code, Refine refine) {
        this(navigator, code, refine, false);
    }

    /** Float32 values where a navigator looks, compared exactly. */
    public IndexSpec(Navigator navigator) {
        this(navigator, new Float32(), Refine.NONE);
    }

    /** Whether rows are written as they differ from the centroids of lists. */
    static boolean isResidual(Code code) {
        return switch (code) {
            case Product product -> product.residual();
            case Projected(int components, Code inner) -> isResidual(inner);
            default -> false;
        };
    }

    private static boolean tellsMore(Refine refine, Code code) {
        return switch (refine) {
            case NONE, FLAT -> true;
            case FP16 -> !(code instanceof Float16);
            case SQ8 -> !(code instanceof Float16 || code instanceof Int8);
        };
    }

    /**
     * Everywhere: exact search.
     *
     * @param prune whether to pass over rows that a proven bound excludes, where that pays; not on a card, which compares all
     * @param device what compares
     */
    public record Flat(boolean prune, Device device) implements Navigator {
        /**
         * Checks that the fields go together.
         *
         * @throws IllegalArgumentException for pruning on a card
         */
        public Flat {
            if (prune && device != Device.CPU) {
                throw new IllegalArgumentException(
                        "prune = true, expected false with device = " + device + ": a card compares every row");
            }
        }

        /** On the processor. */
        public Flat(boolean prune) {
            this(prune, Device.CPU);
        }

        @Override
        public String toString() {
            return device != Device.CPU ? "Flat(device=" + device + ")" : prune ? "Flat" : "Flat(prune=false)";
        }
    }

    /** What vectors are compared on. */
    public enum Device {
        /** The processor. */
        CPU,
        /** A card of NVIDIA's, by module gpu. */
        GPU;

        /**
         * The device of a word, {@code cpu} or {@code gpu}.
         *
         * @throws IllegalArgumentException for another
         */
        public static Device parse(String word) {
            return Arrays.stream(values())
                    .filter(device -> device.toString().equals(word))
                    .findAny()
                    .orElseThrow(() -> new IllegalArgumentException("device = " + word + ", expected cpu or gpu"));
        }

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * In boxes within boxes: exact search of up to about 20 dimensions.
     *
     * @param leaf most vectors in a box that is not divided; 4 … 64
     */
    public record KdTree(int leaf) implements Navigator {
        static final int DEFAULT_LEAF = 32;

        /**
         * Checks the field.
         *
         * @throws IllegalArgumentException for another number of vectors
         */
        public KdTree {
            checkLeaf(leaf);
        }

        @Override
        public String toString() {
            return leaf == DEFAULT_LEAF ? "KDTree" : "KDTree(leaf=" + leaf + ")";
        }
    }

    /**
     * In balls within balls: exact search of up to about 20 dimensions, and of more where vectors lie in clusters.
     *
     * @param leaf most vectors in a ball that is not divided; 4 … 64
     */
    public record BallTree(int leaf) implements Navigator {
        static final int DEFAULT_LEAF = 32;

        /**
         * Checks the field.
         *
         * @throws IllegalArgumentException for another number of vectors
         */
        public BallTree {
            checkLeaf(leaf);
        }

        @Override
        public String toString() {
            return leaf == DEFAULT_LEAF ? "BallTree" : "BallTree(leaf=" + leaf + ")";
        }
    }

    private static void checkLeaf(int leaf) {
        if (leaf < TreeParameters.MIN_LEAF || leaf > TreeParameters.MAX_LEAF) {
            throw new IllegalArgumentException(
                    "leaf = " + leaf + ", expected " + TreeParameters.MIN_LEAF + ".." + TreeParameters.MAX_LEAF);
        }
    }

    /**
     * Along a graph: HNSW, with the names of Malkov and Yashunin (arXiv:1603.09320).
     *
     * @param m links a node on the upper layers, 2m on layer 0; 2 … 128
     * @param efConstruction how far an insertion looks for neighbours; at least m, at most 65,536
     * @param extendCandidates whether neighbours of candidates are candidates too; for extremely clustered data
     * @param keepPrunedConnections whether lists are filled up with candidates that lie behind others
     * @param seed of the layers that nodes are drawn to; the same seed and order of insertion on one thread give the same graph
     * @param efSearch the effort of a search that names none; 1 … 65,536
     */
    public record Hnsw(
            int m, int efConstruction, boolean extendCandidates, boolean keepPrunedConnections, long seed, int efSearch)
            implements Navigator {
        static final int MAX_M = 128;

        /** The most nodes that a walk may hold. */
        public static final int MAX_EF = 1 << 16;

        static final int DEFAULT_EF = 200;
        static final long DEFAULT_SEED = 1;

        /** A beam of 64 reaches a recall of 0.97 to 0.99 on most embeddings. */
        static final int DEFAULT_EF_SEARCH = 64;

        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming the field, its value and the range allowed
         */
        public Hnsw {
            if (m < 2 || m > MAX_M) {
                throw new IllegalArgumentException("M = " + m + ", expected 2.." + MAX_M);
            }
            if (efConstruction < m || efConstruction > MAX_EF) {
                throw new IllegalArgumentException(
                        "efConstruction = " + efConstruction + ", expected M = " + m + ".." + MAX_EF);
            }
            if (efSearch < 1 || efSearch > MAX_EF) {
                throw new IllegalArgumentException("efSearch = " + efSearch + ", expected 1.." + MAX_EF);
            }
        }

        /** With efSearch 64. */
        public Hnsw(int m, int efConstruction, boolean extendCandidates, boolean keepPrunedConnections, long seed) {
            this(m, efConstruction, extendCandidates, keepPrunedConnections, seed, DEFAULT_EF_SEARCH);
        }

        /** With efConstruction 200, or m where that is more, and without the options of the heuristic. */
        public Hnsw(int m) {
            this(m, Math.max(m, DEFAULT_EF), false, false, DEFAULT_SEED);
        }

        @Override
        public String toString() {
            StringBuilder options = new StringBuilder();
            if (efConstruction != Math.max(m, DEFAULT_EF)) {
                options.append(",efConstruction=").append(efConstruction);
            }
            if (extendCandidates) {
                options.append(",extendCandidates=true");
            }
            if (keepPrunedConnections) {
                options.append(",keepPrunedConnections=true");
            }
            if (seed != DEFAULT_SEED) {
                options.append(",seed=").append(seed);
            }
            if (efSearch != DEFAULT_EF_SEARCH) {
                options.append(",efSearch=").append(efSearch);
            }
            return "HNSW" + m + (options.isEmpty() ? "" : "(" + options.substring(1) + ")");
        }
    }

    /**
     * In the lists whose centroids are near: inverted lists, whose centroids are found by k-means.
     *
     * @param nlist lists; 1 … 1,048,576. Where there are few rows there are fewer lists, of 8 rows at least
     * @param iterations of k-means; 1 … 1,000
     * @param seed of k-means
     * @param nprobe the effort of a search that names none: lists that are looked into; 1 … 1,048,576
     * @param links M of a graph along which near centroids are found, 2 … 128; 0 for a graph where there are thousands of lists alone
     */
    public record Ivf(int nlist, int iterations, long seed, int nprobe, int links) implements Navigator {
        /** The most lists. */
        public static final int MAX_NLIST = 1 << 20;

        static final int MAX_ITERATIONS = 1000;
        static final int DEFAULT_ITERATIONS = 10;
        static final int DEFAULT_NPROBE = 16;

        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming the field, its value and the range allowed
         */
        public Ivf {
            if (nlist < 1 || nlist > MAX_NLIST) {
                throw new IllegalArgumentException("nlist = " + nlist + ", expected 1.." + MAX_NLIST);
            }
            if (iterations < 1 || iterations > MAX_ITERATIONS) {
                throw new IllegalArgumentException("iterations = " + iterations + ", expected 1.." + MAX_ITERATIONS);
            }
            if (nprobe < 1 || nprobe > MAX_NLIST) {
                throw new IllegalArgumentException("nprobe = " + nprobe + ", expected 1.." + MAX_NLIST);
            }
            if (links != 0 && (links < 2 || links > Hnsw.MAX_M)) {
                throw new IllegalArgumentException("M = " + links + ", expected 2.." + Hnsw.MAX_M);
            }
        }

        /** With a graph of centroids where there are thousands of lists alone. */
        public Ivf(int nlist, int iterations, long seed, int nprobe) {
            this(nlist, iterations, seed, nprobe, 0);
        }

        /** With the usual nprobe. */
        public Ivf(int nlist, int iterations, long seed) {
            this(nlist, iterations, seed, DEFAULT_NPROBE);
        }

        /** With 10 iterations. */
        public Ivf(int nlist) {
            this(nlist, DEFAULT_ITERATIONS, Hnsw.DEFAULT_SEED);
        }

        @Override
        public String toString() {
            StringBuilder options = new StringBuilder();
            if (iterations != DEFAULT_ITERATIONS) {
                options.append(",iterations=").append(iterations);
            }
            if (seed != Hnsw.DEFAULT_SEED) {
                options.append(",seed=").append(seed);
            }
            if (nprobe != DEFAULT_NPROBE) {
                options.append(",nprobe=").append(nprobe);
            }
            String graph = links == 0 ? "" : "_HNSW" + links;
            return "IVF" + nlist + graph + (options.isEmpty() ? "" : "(" + options.substring(1) + ")");
        }
    }

    /**
     * Where the advisor says, once it has seen the vectors.
     *
     * @param goals what the index shall reach
     */
    public record Auto(Goals goals) implements Navigator {
        @Override
        public String toString() {
            return "Auto(" + goals + ")";
        }
    }

    /** The values themselves. */
    public record Float32() implements Code {
        @Override
        public String toString() {
            return "Flat";
        }
    }

    /** The values in half precision, IEEE 754 binary16. */
    public record Float16() implements Code {
        @Override
        public String toString() {
            return "FP16";
        }
    }

    /** Eight bits a value, every dimension with a range of its own. */
    public record Int8() implements Code {
        @Override
        public String toString() {
            return "SQ8";
        }
    }

    /**
     * Product quantisation (Jégou, Douze and Schmid, 2011): a vector is cut into parts, and each is written as the number of the nearest
     * of some centroids.
     *
     * @param rotation what vectors go through before
     * @param parts m; 1 … 4,096, and at most as many as values
     * @param bits of a number: 8; or 4, which lists compare 32 rows at a time
     * @param residual whether rows are written as they differ from the centroid of their list
     */
    public record Product(Rotation rotation, int parts, int bits, boolean residual) implements Code {
        static final int MAX_PARTS = 4096;

        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming the field, its value and what was expected
         */
        public Product {
            if (parts < 1 || parts > MAX_PARTS) {
                throw new IllegalArgumentException("m = " + parts + ", expected 1.." + MAX_PARTS);
            }
            if (bits != 4 && bits != 8) {
                throw new IllegalArgumentException("bits = " + bits + ", expected 4 or 8");
            }
        }

        /** What stands before the navigator. */
        String prefix() {
            return switch (rotation) {
                case NONE -> "";
                case RANDOM -> "RR,";
                case OPTIMISED -> "OPQ" + parts + ",";
            };
        }

        @Override
        public String toString() {
            return "PQ" + parts + (bits == 4 ? "x4fs" : "") + (residual ? "r" : "");
        }
    }

    /**
     * A code of the principal components of vectors (PCA): under L2 of those directions in which they differ most, under cosine and the dot
     * product of those in which they are longest. Without refinement scores are those of what is left of vectors and queries.
     *
     * @param components how many; at most as many as values
     * @param code of these, another than float32
     */
    public record Projected(int components, Code code) implements Code {
        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming the field, its value and what was expected
         */
        public Projected {
            if (components < 1 || components > Vectors.MAX_DIMENSION) {
                throw new IllegalArgumentException(
                        "PCA = " + components + ", expected 1.." + Vectors.MAX_DIMENSION + " components");
            }
            if (code instanceof Float32 || code instanceof Projected) {
                throw new IllegalArgumentException("code = " + code
                        + ", expected FP16, SQ8, PQ<m>, PQ<m>x4fs or RaBitQ<bits> of PCA" + components);
            }
        }

        @Override
        public String toString() {
            return code.toString();
        }
    }

    /** How vectors are turned before they are cut into parts. */
    public enum Rotation {
        /** Not at all. */
        NONE,
        /** At random, so that all parts weigh the same. */
        RANDOM,
        /** So that little is lost: optimised product quantisation (Ge, He, Ke and Sun, 2013). */
        OPTIMISED
    }

    /**
     * The signs, or a few bits more, of the values of a rotated vector (RaBitQ, arXiv:2405.12497 and 2409.09913).
     *
     * @param bits a value; 1 … 8
     */
    public record RaBitQ(int bits) implements Code {
        /**
         * Checks the field.
         *
         * @throws IllegalArgumentException for another number of bits
         */
        public RaBitQ {
            if (bits < 1 || bits > Byte.SIZE) {
                throw new IllegalArgumentException("bits = " + bits + ", expected 1..8");
            }
        }

        @Override
        public String toString() {
            return bits == 1 ? "RaBitQ" : "RaBitQ" + bits;
        }
    }

    /** This spec with another seed; the same where nothing is drawn. */
    public IndexSpec withSeed(long seed) {
        return switch (navigator) {
            case Flat flat -> this;
            case KdTree tree -> this;
            case BallTree tree -> this;
            case Hnsw(int m, int ef, boolean extend, boolean keep, long other, int efSearch) ->
                new IndexSpec(new Hnsw(m, ef, extend, keep, seed, efSearch), code, refine, normalised);
            case Ivf(int nlist, int iterations, long other, int nprobe, int links) ->
                new IndexSpec(new Ivf(nlist, iterations, seed, nprobe, links), code, refine, normalised);
            case Auto auto -> this;
        };
    }

    /**
     * This spec with another effort for searches that name none; the same where there is nothing to choose.
     *
     * @throws IllegalArgumentException for an effort that the navigator does not take
     */
    public IndexSpec withEffort(int effort) {
        return switch (navigator) {
            case Flat flat -> this;
            case KdTree tree -> this;
            case BallTree tree -> this;
            case Hnsw(int m, int ef, boolean extend, boolean keep, long seed, int other) ->
                new IndexSpec(new Hnsw(m, ef, extend, keep, seed, effort), code, refine, normalised);
            case Ivf(int nlist, int iterations, long seed, int other, int links) ->
                new IndexSpec(new Ivf(nlist, iterations, seed, effort, links), code, refine, normalised);
            case Auto auto -> this;
        };
    }

    /**
     * This spec on another device. Nothing is pruned on a card, and nothing that was made for one.
     *
     * @throws IllegalArgumentException for a card and anything but exact search
     */
    public IndexSpec withDevice(Device device) {
        if (navigator instanceof Flat flat) {
            return flat.device == device ? this : new IndexSpec(new Flat(false, device));
        }
        if (device != Device.CPU) {
            throw new IllegalArgumentException(
                    "device = " + device + ", expected cpu for " + this + ": cards do exact search");
        }
        return this;
    }

    /** Whether an index has the vectors as they came, bit for bit, and gives them back so. */
    public boolean keepsVectors() {
        return !normalised && (refine == Refine.NONE || refine == Refine.FLAT);
    }

    /** Whether what is found is always what is nearest. */
    public boolean isExact() {
        return switch (navigator) {
            case Flat flat -> true;
            case KdTree tree -> true;
            case BallTree tree -> true;
            case Hnsw hnsw -> false;
            case Ivf ivf -> false;
            case Auto auto -> false;
        };
    }

    /**
     * Reads a spec.
     *
     * @throws IllegalArgumentException pointing at the part that is not understood
     */
    public static IndexSpec parse(String text) {
        return new SpecParser(text).spec();
    }

    /** What stands before the navigator. */
    private static String prefix(Code code) {
        return switch (code) {
            case Projected(int components, Code inner) -> "PCA" + components + "," + prefix(inner);
            case Product product -> product.prefix();
            default -> "";
        };
    }

    @Override
    public String toString() {
        return (normalised ? "L2norm," : "")
                + prefix(code)
                + navigator
                + (code instanceof Float32 ? "" : "," + code)
                + (refine == Refine.NONE ? "" : "," + refine);
    }
}
