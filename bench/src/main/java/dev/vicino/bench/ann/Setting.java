package dev.vicino.bench.ann;

import dev.vicino.bench.exact.Affinity;
import dev.vicino.bench.exact.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What all works share.
 *
 * @param set the vectors as they come
 * @param folder where files are kept
 * @param data the vectors that are used
 * @param specs of our indexes; the first is looked at alone as well
 * @param peers who is compared with
 * @param rows of the table so far
 * @param leftOut who could not take part so far
 * @param remark hears what is done
 */
record Setting(
        Scale scale,
        DataSet set,
        Path folder,
        Data data,
        List<String> specs,
        List<Peer> peers,
        Starter starter,
        Affinity affinity,
        List<Row> rows,
        List<LeftOut> leftOut,
        Consumer<String> remark) {
    Race race() {
        return new Race(this);
    }

    /** Makes entrants ready over some vectors. */
    Stable stable(Data of) {
        return new Stable(starter, new IndexCache(folder.resolve("indexes")), affinity, of, remark);
    }

    /** The first vectors only. */
    Data slice(int rows) throws IOException {
        return Data.of(set, folder, Math.min(rows, data.vectors()), scale.queries());
    }

    void add(Row row) {
        rows.add(row);
        remark.accept("  " + ReportText.line(row));
    }

    /** Tells that a round is over, 0 being the first. */
    void remarkRound(int round) {
        remark.accept("  round %d of %d".formatted(round + 1, scale.rounds()));
    }

    /** What may fail. */
    interface Step {
        void run() throws IOException;
    }

    /** Does it; whether it went well, or else is written down. */
    boolean attempt(String name, Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            leaveOut(name, e);
            return false;
        }
    }

    void leaveOut(String name, Exception e) {
        LeftOut out = LeftOut.of(name, e);
        leftOut.add(out);
        remark.accept("  %s is left out: %s".formatted(out.name(), out.reason()));
    }

    /** The cores that may be used. */
    int cores() {
        return affinity.cores();
    }

    /** A text with numbers as tables have them. */
    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
