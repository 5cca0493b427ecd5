package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.io.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Builds indexes over samples of the vectors, tunes and measures them. */
final class Trials {
    /** Queries that are timed. */
    private static final int TIMED = 200;

    private final Request request;

    Trials(Request request) {
        this.request = request;
    }

    /** An index and the seconds that its build took. */
    record Built(VectorIndex index, double seconds) {}

    /** What exact search told: its own figures, and the truth about the queries. */
    record Exact(Trial trial, Questions questions) {}

    /** Builds a spec over copies of rows; the caller closes it. */
    Built build(IndexSpec spec, int[] rows, long @Nullable [] ids, Progress progress) {
        Vectors copies = Drawn.vectors(request.vectors(), rows);
        try {
            Vicino.Builder builder = Vicino.index(copies)
                    .metric(request.metric())
                    .spec(spec)
                    .threads(request.threads())
                    .progress(progress);
            if (ids != null) {
                builder.ids(ids);
            }
            var built = new AtomicReference<@Nullable VectorIndex>();
            double seconds = request.meter().seconds(() -> built.set(builder.build()));
            return new Built(Objects.requireNonNull(built.get()), seconds);
        } catch (Throwable e) {
            copies.close();
            throw e;
        }
    }

    /**
     * Has exact search over rows answer queries.
     *
     * @param ids of the rows, by which the truth calls them; null for their places
     */
    Exact exact(IndexSpec spec, int[] rows, long @Nullable [] ids, float[][] queries) {
        Built built = build(spec, rows, ids, Progress.NONE);
        try (VectorIndex index = built.index()) {
            Questions questions = Questions.ask(index, queries, request.goals().k(), request.threads());
            OperatingPoint point = new OperatingPoint(0, Interval.exact(queries.length));
            return new Exact(trial(built, point, latency(index, queries, 0), List.of(point)), questions);
        }
    }

    /** Tries a spec over rows, whose truth is known, and calls them by their places. */
    Trial trial(IndexSpec spec, int[] rows, Questions questions) {
        Built built = build(spec, rows, null, Progress.NONE);
        try (VectorIndex index = built.index()) {
            Tuner tuner = new Tuner(index, questions, request.threads());
            OperatingPoint tuned = tuner.tune(request.goals().recall());
            List<OperatingPoint> curve = tuner.curve();
            int effort = tuned == null ? curve.getLast().effort() : tuned.effort();
            return trial(built, tuned, latency(index, questions.queries(), effort), curve);
        }
    }

    private static Trial trial(
            Built built, @Nullable OperatingPoint tuned, Latency latency, List<OperatingPoint> curve) {
        VectorIndex index = built.index();
        return new Trial(index.spec(), index.size(), tuned, latency, index.bytesMemory(), built.seconds(), curve);
    }

    /** The time of searches for some of the queries. */
    Latency latency(VectorIndex index, float[][] queries, int effort) {
        if (queries.length == 0) {
            return Latency.NONE;
        }
        float[][] timed = Arrays.copyOf(queries, Math.min(TIMED, queries.length));
        return request.meter().latency(index, timed, request.goals().k(), effort);
    }
}
