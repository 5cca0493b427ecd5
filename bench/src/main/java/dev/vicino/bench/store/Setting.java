package dev.vicino.bench.store;

import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.FigureTable;
import dev.vicino.bench.race.LeftOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What all works share.
 *
 * @param folder where files are kept
 * @param rows of the table so far
 * @param leftOut who could not take part so far
 * @param remark hears what is done
 */
record Setting(
        StoreScale scale,
        Material material,
        Path folder,
        List<FigureRow> rows,
        List<LeftOut> leftOut,
        Consumer<String> remark) {
    /** Neighbours that every search looks for. */
    static final int K = 10;

    void add(FigureRow row) {
        rows.add(row);
        remark.accept("  " + FigureTable.line(row));
    }

    /** What may fail. */
    interface Step {
        void run() throws IOException;
    }

    /** Does it; a failure is written down. */
    void attempt(String name, Step step) {
        remark.accept(name);
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LeftOut out = LeftOut.of(name, e);
            leftOut.add(out);
            remark.accept("  %s is left out: %s".formatted(out.name(), out.reason()));
        }
    }
}
