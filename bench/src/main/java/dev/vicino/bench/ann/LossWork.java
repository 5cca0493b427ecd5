package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.IndexSpec.Product;
import dev.vicino.IndexSpec.Rotation;
import dev.vicino.Metric;
import dev.vicino.VectorCode;
import dev.vicino.Vectors;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Ratio;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What product quantisation loses of the rows that it is learnt from, beside that of FAISS, at equal bytes. Learning is not timed. */
record LossWork(Setting setting) {
    /** As many as FAISS takes for 8 bits. */
    private static final int MAX_ROWS = 65_536;

    private static final double ASKED = 1.01;
    private static final List<Product> CODES = List.of(
            new Product(Rotation.NONE, 48, 8, false),
            new Product(Rotation.OPTIMISED, 48, 8, false),
            new Product(Rotation.NONE, 96, 4, false),
            new Product(Rotation.OPTIMISED, 96, 4, false));

    void run() throws IOException {
        UnitData data = setting.slice(MAX_ROWS);
        try (Vectors vectors = VectorFiles.load(data.base(), Progress.NONE);
                FaissClusters faiss = FaissClusters.of(setting)) {
            for (Product code : CODES) {
                double ours = VectorCode.train(code, Metric.L2, vectors).loss(vectors);
                setting.add(row(data, code, ours, theirs(faiss, data, code)));
            }
        }
    }

    private static @Nullable Double theirs(FaissClusters faiss, UnitData data, Product code) throws IOException {
        return faiss.isThere()
                ? (Double) faiss.quantise(data.base(), code.parts(), code.bits(), isOptimised(code))
                : null;
    }

    private static boolean isOptimised(Product code) {
        return code.rotation() == Rotation.OPTIMISED;
    }

    private static FigureRow row(UnitData data, Product code, double ours, @Nullable Double theirs) {
        String at =
                text("%,d × %d, %d bytes", data.vectors(), data.dimension(), code.parts() * code.bits() / Byte.SIZE);
        String name = (isOptimised(code) ? "OPQ" + code.parts() + "," : "") + code;
        if (theirs == null) {
            return FigureRow.alone(AnnWork.LOSS, at, "loss", name, ours, null);
        }
        Ratio ratio = Ratio.of(new double[] {ours}, new double[] {theirs});
        return new FigureRow(
                AnnWork.LOSS.toString(), at, "loss", name, ours, "faiss " + name, theirs, ratio, Asked.atMost(ASKED));
    }
}
