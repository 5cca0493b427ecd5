package dev.vicino.advise;

import dev.vicino.VectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks for the least effort of one index at which some queries reach a recall. Recall rises with the effort, but for chance. */
final class Tuner {
    /** At first efforts are passed over by so many places of the grid: a third more each. */
    private static final int STRIDE = 5;

    private final VectorIndex index;
    private final Questions questions;
    private final int threads;
    private final Efforts efforts;
    private final TreeMap<Integer, Interval> asked = new TreeMap<>();

    /** Of an index, by queries. */
    Tuner(VectorIndex index, Questions questions, int threads) {
        this.index = index;
        this.questions = questions;
        this.threads = threads;
        this.efforts = Efforts.of(index, questions.k());
    }

    /** The least effort at which the lower end of the interval reaches a floor; null where none does. */
    @Nullable
    OperatingPoint tune(double floor) {
        int above = 0;
        int below = -1;
        while (!reaches(above, floor)) {
            if (above == efforts.count() - 1) {
                return null;
            }
            below = above;
            above = Math.min(above + STRIDE, efforts.count() - 1);
        }
        while (above - below > 1) {
            int middle = (above + below) >>> 1;
            if (reaches(middle, floor)) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return new OperatingPoint(efforts.get(above), interval(efforts.get(above)));
    }

    private boolean reaches(int place, double floor) {
        return interval(efforts.get(place)).low() >= floor;
    }

    private Interval interval(int effort) {
        return asked.computeIfAbsent(effort, asking -> {
            double[] recalls = questions.recalls(index, asking, threads);
            return index.spec().isExact() ? Interval.exact(recalls.length) : Interval.of(recalls, questions.k());
        });
    }

    /** Every effort asked so far, rising. */
    List<OperatingPoint> curve() {
        List<OperatingPoint> curve = new ArrayList<>();
        asked.forEach((effort, interval) -> curve.add(new OperatingPoint(effort, interval)));
        return curve;
    }
}
