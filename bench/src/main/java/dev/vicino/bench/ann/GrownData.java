package dev.vicino.bench.ann;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.bench.data.Permutation;
import dev.vicino.bench.data.RowFile;
import dev.vicino.bench.data.UnitLength;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorReader;
import dev.vicino.files.VectorWriter;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Sets of vectors of many sizes, each the beginning of the next. First come the vectors of a data set in a random order; those beyond lie
 * between a vector and one of its near neighbours, a·x + (1−a)·y with a between 0.5 and 1, with normal noise whose length is a tenth of
 * theirs, brought to length 1.
 */
final class GrownData {
    private static final float NOISE = 0.1f;
    private static final long SEED = 1;

    private final UnitData data;
    private final int size;

    /** @param size of the largest set */
    GrownData(UnitData data, int size) {
        this.data = data;
        this.size = size;
    }

    /** The file of the largest set, written first where it is not there. */
    Path file(Path folder, int threads) throws IOException {
        return RowFile.once(folder.resolve(data.name() + "-grown-" + size + ".npy"), file -> write(file, threads));
    }

    private void write(Path file, int threads) throws IOException {
        int copies = Math.ceilDiv(size, data.vectors()) - 1;
        int[][] near = copies == 0 ? new int[0][] : neighbours(copies, threads);
        try (Vectors rows = VectorFiles.load(data.base(), Progress.NONE);
                VectorWriter writer = VectorFiles.create(file, Format.NPY, data.dimension())) {
            write(rows, near, writer);
            writer.commit();
        }
    }

    /** The nearest other vectors of each, so many that every copy of a vector has a neighbour of its own. */
    private int[][] neighbours(int count, int threads) throws IOException {
        int[][] near = new int[data.vectors()][];
        try (VectorIndex exact = data.index(UnitData.EXACT_SPEC, threads)) {
            exact.searchSelf(
                    count,
                    SearchOptions.DEFAULT.withThreads(threads),
                    (id, neighbours) -> near[(int) id] = rows(neighbours));
        }
        return near;
    }

    private static int[] rows(Neighbors neighbours) {
        return IntStream.range(0, neighbours.size())
                .map(i -> (int) neighbours.id(i))
                .toArray();
    }

    private void write(Vectors rows, int[][] near, VectorWriter writer) throws IOException {
        var random = new SplittableRandom(SEED);
        int[] order = Permutation.of(rows.size(), random);
        float[] row = new float[rows.dimension()];
        float[] other = new float[rows.dimension()];
        float noise = NOISE / (float) Math.sqrt(rows.dimension());
        for (int i = 0; i < size; i++) {
            int from = order[i % order.length];
            rows.copyRow(from, row);
            if (i >= order.length) {
                int[] choice = near[from];
                rows.copyRow(choice[(i / order.length - 1) % choice.length], other);
                mix(row, other, noise, random);
            }
            writer.write(row);
        }
    }

    private static void mix(float[] row, float[] other, float noise, SplittableRandom random) {
        float share = 0.5f + 0.5f * (float) random.nextDouble();
        for (int i = 0; i < row.length; i++) {
            row[i] = share * row[i] + (1 - share) * other[i] + noise * (float) random.nextGaussian();
        }
        UnitLength.apply(row);
    }

    /** The first vectors of a file. */
    static Vectors first(Path file, int count) throws IOException {
        try (VectorReader reader = VectorFiles.open(file);
                Vectors.Builder rows = Vectors.builder(reader.dimension()).reserve(count)) {
            float[] row = new float[reader.dimension()];
            for (int i = 0; i < count && reader.read(row); i++) {
                rows.add(row);
            }
            return rows.build();
        }
    }
}
