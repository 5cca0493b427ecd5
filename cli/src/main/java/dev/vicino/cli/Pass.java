package dev.vicino.cli;

import dev.vicino.Neighbors;
import dev.vicino.io.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One pass over all calls of a search.
 *
 * @param nanos time that each call took
 */
record Pass(long[] nanos) {
    private static final double NANOS_A_SECOND = 1e9;

    /** The answers to all queries, in their order; the calls are not measured. */
    static List<Neighbors> answers(Calls calls, Progress progress) {
        List<Neighbors> answers = new ArrayList<>();
        for (int i = 0; i < calls.count(); i++) {
            answers.addAll(calls.run(i));
            progress.update(i + 1, calls.count());
        }
        return answers;
    }

    /** Makes that many passes and gives the one of median time, the faster of the middle two where there are two. */
    static Pass median(Calls calls, int passes, Progress progress) {
        List<Pass> all = new ArrayList<>();
        long total = (long) passes * calls.count();
        for (int i = 0; i < passes; i++) {
            long before = (long) i * calls.count();
            all.add(measure(calls, (done, ofPass) -> progress.update(before + done, total)));
        }
        all.sort(Comparator.comparingDouble(Pass::seconds));
        return all.get((passes - 1) / 2);
    }

    private static Pass measure(Calls calls, Progress progress) {
        long[] nanos = new long[calls.count()];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            calls.run(i);
            nanos[i] = System.nanoTime() - start;
            progress.update(i + 1, nanos.length);
        }
        return new Pass(nanos);
    }

    /** Time of all calls; above 0, so that a rate can be told even where the clock did not move. */
    double seconds() {
        return Math.max(1, LongStream.of(nanos).sum()) / NANOS_A_SECOND;
    }
}
