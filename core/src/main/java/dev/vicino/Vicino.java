package dev.vicino;

import dev.vicino.advise.Advisor;
import dev.vicino.advise.GoalsConflictException;
import dev.vicino.format.Header;
import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.memory.LargePages;
import dev.vicino.memory.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The front door.
 *
 * <pre>{@code
 * try (VectorIndex index = Vicino.index(Vectors.of(rows)).metric(Metric.COSINE).build()) {
 *     Neighbors nearest = index.search(query, 10);
 *     System.out.println(nearest.id(0) + " " + nearest.score(0));
 * }
 * }</pre>
 */
public final class Vicino {
    private Vicino() {}

    /** Starts an index of vectors, which it owns once it is built. */
    public static Builder index(Vectors vectors) {
        return new Builder(vectors);
    }

    /**
     * Opens an index file by mapping it, in the time that its header takes to read. The file must not be changed or cut off while
     * the index is open; replacing it by another, as {@link VectorIndex#save} does, is all right.
     *
     * @throws CorruptFileException when the file is not an index, or its header is damaged
     * @throws dev.vicino.card.CardException when it is to be searched on a card and there is none
     */
    public static VectorIndex open(Path path) throws IOException {
        return open(path, UnaryOperator.identity());
    }

    /**
     * As {@link #open(Path)}, to search on a device that need not be the one that the index was built for.
     *
     * @throws IllegalArgumentException for a card and an index that is not {@code Flat}
     * @throws dev.vicino.card.CardException when there is no such card
     */
    public static VectorIndex open(Path path, IndexSpec.Device device) throws IOException {
        return open(path, spec -> spec.withDevice(device));
    }

    private static VectorIndex open(Path path, UnaryOperator<IndexSpec> change) throws IOException {
        IndexFile file = IndexFile.open(path);
        try {
            Header header = file.header();
            IndexSpec spec = change.apply(spec(path, header));
            return switch (spec.navigator()) {
                case IndexSpec.Flat flat -> FlatIndex.open(file, spec, metric(path, header));
                case IndexSpec.KdTree tree -> TreeIndex.open(file, spec, metric(path, header));
                case IndexSpec.BallTree tree -> TreeIndex.open(file, spec, metric(path, header));
                case IndexSpec.Hnsw hnsw -> GraphIndex.open(file, spec, metric(path, header));
                case IndexSpec.Ivf ivf -> ListIndex.open(file, spec, metric(path, header));
                case IndexSpec.Auto auto ->
                    throw new CorruptFileException(path, 64, "spec", header.spec(), "one that was built");
            };
        } catch (Throwable e) {
            file.close();
            throw e;
        }
    }

    private static IndexSpec spec(Path path, Header header) throws CorruptFileException {
        try {
            return IndexSpec.parse(header.spec());
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(path, 64, "spec", header.spec(), "one that this version knows");
        }
    }

    private static Metric metric(Path path, Header header) throws CorruptFileException {
        try {
            return Metric.parse(header.metric());
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(path, 40, "metric", header.metric(), "cosine, dot, l2 or l1");
        }
    }

    /** What the kernels run on here: {@code "SIMD, 512 bits"} or {@code "scalar"}. */
    public static String kernels() {
        return Kernels.BEST.description();
    }

    /** Bytes of this process's memory on large pages now; 0 where the system has none or does not say. */
    public static long bytesOnLargePages() {
        return LargePages.bytesInUse();
    }

    /** An index to be. Not safe for use by several threads. */
    public static final class Builder {
        private final Vectors vectors;
        private Metric metric = Metric.COSINE;
        private IndexSpec spec = IndexSpec.parse("Flat");
        private long @Nullable [] ids;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Progress progress = Progress.NONE;

        private Builder(Vectors vectors) {
            this.vectors = vectors;
        }

        /** Cosine unless told. */
        public Builder metric(Metric metric) {
            this.metric = metric;
            return this;
        }

        /**
         * {@code Flat} unless told.
         *
         * @throws IllegalArgumentException pointing at the part of the spec that is not understood
         */
        public Builder spec(String spec) {
            return spec(IndexSpec.parse(spec));
        }

        public Builder spec(IndexSpec spec) {
            this.spec = spec;
            return this;
        }

        /**
         * The id of each row, all different; row numbers unless told.
         *
         * @throws IllegalArgumentException for another number of ids than rows, or one that is there twice
         */
        public Builder ids(long... ids) {
            if (ids.length != vectors.size()) {
                throw new IllegalArgumentException(
                        "ids.length = " + ids.length + ", expected the number of vectors, " + vectors.size());
            }
            long[] sorted = ids.clone();
            Arrays.sort(sorted);
            for (int i = 1; i < sorted.length; i++) {
                if (sorted[i] == sorted[i - 1]) {
                    throw new IllegalArgumentException("id " + sorted[i] + " is there twice, expected every id once");
                }
            }
            this.ids = ids.clone();
            return this;
        }

        /**
         * How many threads build; all processors unless told. The index does not depend on it.
         *
         * @throws IllegalArgumentException below 1
         */
        public Builder threads(int threads) {
            Arguments.checkPositive("threads", threads);
            this.threads = threads;
            return this;
        }

        /** Hears how far the build has come. */
        public Builder progress(Progress progress) {
            this.progress = progress;
            return this;
        }

        /**
         * Has the advisor choose, instead of a spec: an index whose mean recall@k is certified to be no less. The limits that follow narrow
         * the choice; {@link Goals} says what is optimised.
         *
         * @throws IllegalArgumentException for a recall outside 0 … 1, or k below 1
         */
        public Builder recallAtLeast(double recall, int k) {
            return goals(goals().withRecall(recall, k));
        }

        /** Has the advisor choose an index that takes no more bytes of memory. */
        public Builder memoryAtMost(long bytes) {
            return goals(goals().withMemory(bytes));
        }

        /** Has the advisor choose an index where 99 searches in 100, on one thread, take no longer. */
        public Builder latencyAtMost(Duration latency) {
            return goals(goals().withLatency(latency));
        }

        /** Has the advisor choose an index that answers so many searches a second, on all threads together. */
        public Builder qpsAtLeast(double qps) {
            return goals(goals().withQps(qps));
        }

        /** Has the advisor choose an index that is built in no more time. */
        public Builder buildTimeAtMost(Duration time) {
            return goals(goals().withBuildTime(time));
        }

        private Goals goals() {
            return spec.navigator() instanceof IndexSpec.Auto(Goals goals)
                    ? goals
                    : Goals.recall(Goals.DEFAULT_RECALL, Goals.DEFAULT_K);
        }

        private Builder goals(Goals goals) {
            return spec(new IndexSpec(new IndexSpec.Auto(goals)));
        }

        /**
         * An advisor that has been told all that this has, to be told more and to be asked why.
         *
         * @throws IllegalArgumentException where a spec was set that leaves nothing to be advised
         */
        public Advisor advisor() {
            if (!(spec.navigator() instanceof IndexSpec.Auto(Goals goals))) {
                throw new IllegalArgumentException("spec = " + spec + ", expected Auto(…), or a recall instead");
            }
            Advisor advisor =
                    new Advisor(vectors, metric, goals).threads(threads).progress(progress);
            return ids == null ? advisor : advisor.ids(ids);
        }

        /**
         * Builds the index. Vectors on the heap are copied off it. Where the advisor chooses there are copies of all vectors meanwhile.
         *
         * @throws IllegalArgumentException for a value that is not finite, naming row and column; the vectors stay the caller's
         * @throws GoalsConflictException where no index meets all goals; the vectors stay the caller's
         * @throws dev.vicino.card.CardException for a card that there is not; the vectors stay the caller's
         */
        public VectorIndex build() {
            if (spec.navigator() instanceof IndexSpec.Auto) {
                return advisor().build().index();
            }
            Memory idMemory = ids == null ? null : offHeap(ids);
            try {
                return switch (spec.navigator()) {
                    case IndexSpec.Flat flat -> FlatIndex.build(spec, metric, vectors, idMemory, threads, progress);
                    case IndexSpec.KdTree tree -> TreeIndex.build(spec, metric, vectors, idMemory, threads, progress);
                    case IndexSpec.BallTree tree -> TreeIndex.build(spec, metric, vectors, idMemory, threads, progress);
                    case IndexSpec.Hnsw hnsw -> GraphIndex.build(spec, metric, vectors, idMemory, threads, progress);
                    case IndexSpec.Ivf ivf -> ListIndex.build(spec, metric, vectors, idMemory, threads, progress);
                    case IndexSpec.Auto auto ->
                        throw new IllegalStateException("spec = " + spec + ", expected a choice");
                };
            } catch (Throwable e) {
                if (idMemory != null) {
                    idMemory.close();
                }
                throw e;
            }
        }

        /**
         * As {@link #build}, of an index that changes while it is searched: a graph, lists or a tree.
         *
         * @throws IllegalArgumentException for a spec whose index does not change
         */
        public LiveIndex buildLive() {
            if (spec.navigator() instanceof IndexSpec.Flat) {
                throw new IllegalArgumentException(
                        "spec = " + spec + ", expected HNSW<M>, IVF<nlist>, KDTree or BallTree: others do not change");
            }
            return (LiveIndex) build();
        }

        private static Memory offHeap(long[] ids) {
            Memory memory = Memory.allocate((long) ids.length * Long.BYTES);
            MemorySegment.copy(ids, 0, memory.segment(), Memory.LONG, 0, ids.length);
            return memory;
        }
    }
}
