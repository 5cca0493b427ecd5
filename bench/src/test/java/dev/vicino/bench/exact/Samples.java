package dev.vicino.bench.exact;

import dev.vicino.Metric;
import dev.vicino.Vicino;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.DataSet;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** A small data set, and our own searcher of it. */
final class Samples {
    private static final int ROWS = 1500;

    private Samples() {}

    /** Generated vectors of 384 values. */
    static DataSet data(Path folder) throws IOException {
        return new DataFolder(folder, null, ROWS).sentences();
    }

    static Searcher plain(DataSet data) throws IOException {
        return new OwnSearcher(
                "ours",
                Vicino.index(VectorFiles.load(data.base(), Progress.NONE))
                        .metric(Metric.DOT)
                        .spec("Flat(prune=false)")
                        .build(),
                VectorFiles.load(data.queries(), Progress.NONE));
    }
}
