package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.LiveIndex;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds a spec over all vectors, tunes it by one half of the queries and has the other half certify it. */
final class FinalBuild {
    private static final int CURVE_POINTS = 6;

    private final Request request;
    private final Trials trials;
    private final Asked asked;
    private final Stages stages;

    FinalBuild(Request request, Trials trials, Asked asked, Stages stages) {
        this.request = request;
        this.trials = trials;
        this.asked = asked;
        this.stages = stages;
    }

    /**
     * The exact scan, over the vectors themselves, which the index owns from then on.
     *
     * @param known its latency; measured by the queries where it is not known
     */
    Finalist scan(Optional<Latency> known) {
        Vicino.Builder builder = Vicino.index(request.vectors())
                .metric(request.metric())
                .spec(Candidates.FLAT)
                .threads(request.threads())
                .progress(request.progress());
        if (request.ids() != null) {
            builder.ids(request.ids());
        }
        var built = new AtomicReference<@Nullable VectorIndex>();
        double seconds = stages.run("build", () -> request.meter().seconds(() -> built.set(builder.build())));
        VectorIndex index = Objects.requireNonNull(built.get());
        Certificate certificate = Certificate.exact(asked.queries().length);
        Latency latency = known.orElseGet(() -> trials.latency(index, asked.queries(), 0));
        List<TimedPoint> curve = List.of(new TimedPoint(0, certificate.recall(), latency));
        return new Finalist(index, certificate, latency, seconds, curve);
    }

    /**
     * Another index, over copies of the vectors but those held out.
     *
     * @param questions all of them, with their truth
     * @return nothing where no certificate was to be had
     */
    Optional<Finalist> candidate(IndexSpec spec, Questions questions) {
        int[] rest = asked.rest().rows(0, asked.rest().count());
        Trials.Built built =
                stages.run("build", () -> trials.build(spec, rest, request.idsOf(rest), request.progress()));
        boolean certified = false;
        try {
            Optional<Finalist> finalist = stages.run("tuning", () -> certified(built, questions));
            certified = finalist.isPresent();
            return finalist;
        } finally {
            if (!certified) {
                built.index().close();
            }
        }
    }

    private Optional<Finalist> certified(Trials.Built built, Questions questions) {
        VectorIndex index = built.index();
        double floor = request.goals().recall();
        Tuner tuner = new Tuner(index, questions.part(0, asked.half()), request.threads());
        OperatingPoint tuned = tuner.tune(floor);
        Questions others = questions.part(asked.half(), questions.count());
        return Optional.ofNullable(tuned)
                .flatMap(point -> Certificate.of(index, others, point.effort(), floor, request.threads()))
                .map(certificate -> new Finalist(
                        index.withDefaultEffort(certificate.effort()),
                        certificate,
                        trials.latency(index, others.queries(), certificate.effort()),
                        built.seconds(),
                        timed(index, others, tuner.curve())));
    }

    /** At most so many points of a curve, from the lowest to the highest, and their times. */
    private List<TimedPoint> timed(VectorIndex index, Questions questions, List<OperatingPoint> curve) {
        int count = Math.min(CURVE_POINTS, curve.size());
        return IntStream.range(0, count)
                .mapToObj(i -> curve.get(count == 1 ? 0 : i * (curve.size() - 1) / (count - 1)))
                .map(point -> new TimedPoint(
                        point.effort(), point.recall(), trials.latency(index, questions.queries(), point.effort())))
                .toList();
    }

    /** Gives an index other than the scan the vectors that were held out. */
    void complete(VectorIndex index) {
        int[] heldOut = asked.heldOut();
        if (heldOut.length > 0) {
            LiveIndex live = (LiveIndex) index; // all but the scan can be added to
            stages.run("build", () -> {
                live.addAll(request.idsOf(heldOut), Vectors.of(asked.queries()), request.threads());
                return live;
            });
        }
    }
}
