package dev.vicino.bench.ann;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Affinity;
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
        AnnScale scale,
        DataSet set,
        Path folder,
        UnitData data,
        List<String> specs,
        List<Peer> peers,
        Starter starter,
        Affinity affinity,
        List<FigureRow> rows,
        List<LeftOut> leftOut,
        Consumer<String> remark) {
    /** The same with other efforts. */
    Setting withEfforts(List<Integer> efforts) {
        return new Setting(
                scale.withEfforts(efforts), set, folder, data, specs, peers, starter, affinity, rows, leftOut, remark);
    }

    SweepRace race() {
        return new SweepRace(this);
    }

    /** Makes entrants ready over some vectors. */
    Stable stable(UnitData of) {
        return new Stable(starter, new IndexCache(folder.resolve("indexes")), affinity, of, remark);
    }

    /** The first vectors only. */
    UnitData slice(int rows) throws IOException {
        return UnitData.of(set, folder, Math.min(rows, data.vectors()), scale.queries());
    }

    void add(FigureRow row) {
        rows.add(row);
        remark.accept("  " + FigureTable.line(row));
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
}
