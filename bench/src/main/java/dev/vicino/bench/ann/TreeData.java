package dev.vicino.bench.ann;

import dev.vicino.bench.data.RowFile;
import dev.vicino.command.Labels;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Points of few dimensions, drawn by a seed; queries are drawn as they are. */
enum TreeData {
    /** Anywhere in a cube. */
    UNIFORM {
        @Override
        void draw(SplittableRandom random, float[] point) {
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextFloat();
            }
        }
    },

    /** Near one of a thousand points of the cube, which are drawn by their numbers, at a distance of some hundredths in each dimension. */
    CLUSTERED {
        @Override
        void draw(SplittableRandom random, float[] point) {
            UNIFORM.draw(new SplittableRandom(random.nextInt(CLUSTERS)), point);
            for (int i = 0; i < point.length; i++) {
                point[i] += SPREAD * (float) random.nextGaussian();
            }
        }
    };

    private static final int CLUSTERS = 1000;
    private static final float SPREAD = 0.02f;

    /** The name in the table. */
    @Override
    public String toString() {
        return Labels.of(this);
    }

    abstract void draw(SplittableRandom random, float[] point);

    /** A file of points, written first where it is not there. */
    Path file(Path folder, int count, int dimension, long seed) throws IOException {
        String name = "trees-%s-%d-%d-%d.npy".formatted(this, dimension, count, seed);
        return RowFile.once(folder.resolve(name), file -> {
            SplittableRandom random = new SplittableRandom(seed);
            float[] point = new float[dimension];
            try (VectorWriter writer = VectorFiles.create(file, Format.NPY, dimension)) {
                for (int i = 0; i < count; i++) {
                    draw(random, point);
                    writer.write(point);
                }
                writer.commit();
            }
        });
    }
}
