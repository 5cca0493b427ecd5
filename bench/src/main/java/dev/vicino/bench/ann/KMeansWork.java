package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Vectors;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.cluster.KMeans;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** k-means beside that of FAISS, in turns on one thread, of the same rows in as many iterations; both begin with rows drawn at random. */
record KMeansWork(Setting setting) {
    private static final int CLUSTERS = 1024;
    private static final int ITERATIONS = 10;

    /** What FAISS wants to have, or it warns. */
    private static final int MIN_ROWS_A_CLUSTER = 39;

    private static final double SPEED_ASKED = 1;
    private static final double LOSS_ASKED = 1.01;
    private static final String OURS = "k-means";
    private static final String THEIRS = "faiss Clustering";

    /** Of all rounds. */
    private record Side(double[] seconds, double[] losses) {
        static Side of(int rounds) {
            return new Side(new double[rounds], new double[rounds]);
        }
    }

    void run() throws IOException {
        UnitData data = setting.data();
        int rounds = setting.scale().rounds();
        int count = Math.clamp(data.vectors() / MIN_ROWS_A_CLUSTER, 1, CLUSTERS);
        Side ours = Side.of(rounds);
        Side theirs = Side.of(rounds);
        setting.affinity().useCores(1);
        try (Memory memory = load(data.base());
                FaissClusters faiss = FaissClusters.of(setting)) {
            Rows rows = Rows.of(memory, data.vectors(), data.dimension());
            for (int round = 0; round < rounds; round++) {
                cluster(rows, count, round, ours);
                if (faiss.isThere()) {
                    cluster(faiss, rows, count, round, theirs);
                }
                setting.remarkRound(round);
            }
            tell(count, ours, faiss.isThere() ? theirs : null);
        } finally {
            setting.affinity().useAllCores();
        }
    }

    private static Memory load(Path file) throws IOException {
        try (Vectors vectors = VectorFiles.load(file, Progress.NONE)) {
            int d = vectors.dimension();
            Memory memory = Memory.allocate((long) vectors.size() * d * Float.BYTES);
            float[] row = new float[d];
            for (int i = 0; i < vectors.size(); i++) {
                vectors.copyRow(i, row);
                MemorySegment.copy(row, 0, memory.segment(), Memory.FLOAT, (long) i * d * Float.BYTES, d);
            }
            return memory;
        }
    }

    private static KMeans means(int count, int iterations, int round) {
        return new KMeans(count, iterations, KMeans.Start.SAMPLE, false, round);
    }

    private static void cluster(Rows rows, int count, int round, Side side) {
        long began = System.nanoTime();
        float[] centroids = means(count, ITERATIONS, round)
                .of(rows, 1, Progress.NONE, () -> false)
                .centroids();
        side.seconds[round] = (System.nanoTime() - began) / 1e9;
        side.losses[round] = loss(rows, count, centroids);
    }

    private void cluster(FaissClusters faiss, Rows rows, int count, int round, Side side) throws IOException {
        Path file = Files.createTempFile("vicino-bench", ".npy");
        try {
            side.seconds[round] = faiss.cluster(setting.data().base(), count, ITERATIONS, file);
            try (Vectors centroids = VectorFiles.load(file, Progress.NONE)) {
                float[] values = new float[count * rows.dimension()];
                for (int i = 0; i < count; i++) {
                    System.arraycopy(centroids.row(i), 0, values, i * rows.dimension(), rows.dimension());
                }
                side.losses[round] = loss(rows, count, values);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** The mean of ‖x − c‖², c being the nearest centroid. */
    private static double loss(Rows rows, int count, float[] centroids) {
        int threads = Runtime.getRuntime().availableProcessors();
        return means(count, 1, 0)
                        .improved(centroids, rows, threads, Progress.NONE, () -> false)
                        .loss()
                / rows.size();
    }

    private void tell(int count, Side ours, @Nullable Side theirs) {
        String at = text(
                "%,d × %d, %,d clusters, %d iterations, 1 thread",
                setting.data().vectors(), setting.data().dimension(), count, ITERATIONS);
        if (theirs == null) {
            setting.add(FigureRow.alone(AnnWork.KMEANS, at, "s", OURS, Median.of(ours.seconds), null));
            setting.add(FigureRow.alone(AnnWork.KMEANS, at, "loss", OURS, Median.of(ours.losses), null));
            return;
        }
        Ratio faster = Ratio.of(theirs.seconds, ours.seconds);
        Ratio lossier = Ratio.of(ours.losses, theirs.losses);
        setting.add(row(at, "s", ours.seconds, theirs.seconds, faster, Asked.atLeast(SPEED_ASKED)));
        setting.add(row(at, "loss", ours.losses, theirs.losses, lossier, Asked.atMost(LOSS_ASKED)));
    }

    private static FigureRow row(String at, String unit, double[] ours, double[] theirs, Ratio ratio, Asked asked) {
        return new FigureRow(
                AnnWork.KMEANS.toString(), at, unit, OURS, Median.of(ours), THEIRS, Median.of(theirs), ratio, asked);
    }
}
