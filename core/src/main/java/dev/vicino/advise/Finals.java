package dev.vicino.advise;

import dev.vicino.IndexSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The best forecasts over all vectors, one after the other until one keeps what it promised. The exact scan goes before them all, since it
 * knows the truth; so its time is measured, not forecast.
 */
final class Finals {
    /** Whoever fails over all vectors was forecast badly; after some of them the rest is no better. */
    private static final int MOST_BUILDS = 3;

    private final Request request;
    private final Trials trials;
    private final Asked asked;
    private final Stages stages;
    private final FinalBuild builds;
    private final Rejections rejections = new Rejections();

    Finals(Request request, Trials trials, Asked asked, Stages stages) {
        this.request = request;
        this.trials = trials;
        this.asked = asked;
        this.stages = stages;
        this.builds = new FinalBuild(request, trials, asked, stages);
    }

    /** Who has won, why, and what is to be said of the others. */
    record Outcome(Finalist winner, String reason, List<Alternative> alternatives) {}

    /** Exact search, where nothing else is worth a trial. */
    Outcome exactOnly(Regime regime) {
        return new Outcome(builds.scan(Optional.empty()), regime.reason(), List.of());
    }

    /**
     * The first that keeps its promise.
     *
     * @param forecasts for all vectors, exact search among them
     * @param leftOut what was not even tried
     * @throws GoalsConflictException where none meets the goals
     */
    Outcome run(List<Forecast> forecasts, List<Alternative> leftOut) {
        int[] rest = asked.rest().rows(0, asked.rest().count());
        Trials.Exact exact =
                stages.run("truth", () -> trials.exact(Candidates.FLAT, rest, request.idsOf(rest), asked.queries()));
        Forecast scan = Forecast.of(List.of(exact.trial()), request.vectors().size());
        List<Forecast> known = measured(forecasts, scan);
        int attempts = 0;
        for (Forecast forecast : known) {
            Set<Limit> missed = Limit.missed(request.goals(), forecast, request.threads());
            if (!missed.isEmpty()) {
                rejections.add(forecast.spec(), Obstacles.missed(missed));
            } else if (forecast.spec().equals(scan.spec())) {
                return outcome(builds.scan(Optional.of(scan.latency())), scan, known, leftOut);
            } else if (attempts < MOST_BUILDS) {
                attempts++;
                Optional<Finalist> finalist = attempt(forecast, exact.questions(), scan);
                if (finalist.isPresent()) {
                    return outcome(finalist.get(), scan, known, leftOut);
                }
            }
        }
        throw new GoalsConflictException(
                "Auto(" + request.goals() + ")",
                Obstacles.of(request.goals(), known, request.threads()),
                joined(rejections.alternatives(known), leftOut));
    }

    /** The forecasts with that of exact search replaced by what was measured, the fastest first. */
    private static List<Forecast> measured(List<Forecast> forecasts, Forecast scan) {
        List<Forecast> known = new ArrayList<>(
                forecasts.stream().filter(of -> !of.spec().equals(scan.spec())).toList());
        known.add(scan);
        known.sort(Heats.ORDER);
        return known;
    }

    private Optional<Finalist> attempt(Forecast forecast, Questions questions, Forecast scan) {
        Optional<Finalist> built = builds.candidate(forecast.spec(), questions);
        if (built.isEmpty()) {
            rejections.add(forecast.spec(), "does not reach the recall over all vectors");
            return built;
        }
        Finalist finalist = built.get();
        builds.complete(finalist.index());
        Optional<String> objection = objection(finalist, scan);
        if (objection.isPresent()) {
            finalist.index().close();
            rejections.add(forecast.spec(), objection.get());
            return Optional.empty();
        }
        request.vectors().close();
        return built;
    }

    private Optional<String> objection(Finalist finalist, Forecast scan) {
        Set<Limit> missed = Limit.missed(
                request.goals(),
                true,
                finalist.latency(),
                finalist.index().bytesMemory(),
                finalist.buildSeconds(),
                request.threads());
        if (!missed.isEmpty()) {
            return Optional.of(Obstacles.missed(missed) + " over all vectors");
        }
        boolean scanMeetsGoals =
                Limit.missed(request.goals(), scan, request.threads()).isEmpty();
        return scanMeetsGoals && finalist.latency().mean() >= scan.latency().mean()
                ? Optional.of("no faster than exact search over all vectors")
                : Optional.empty();
    }

    private static List<Alternative> joined(List<Alternative> some, List<Alternative> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private Outcome outcome(Finalist winner, Forecast scan, List<Forecast> known, List<Alternative> leftOut) {
        String time = Figures.micros(winner.latency().mean());
        IndexSpec spec = winner.index().spec();
        String reason;
        if (spec.equals(scan.spec())) {
            reason = "exact search takes %s, and nothing else that meets the goals is faster".formatted(time);
        } else {
            String promise = spec.isExact()
                    ? "no neighbour is missed"
                    : "recall %s is certified"
                            .formatted(
                                    Figures.recall(winner.certificate().recall().low()));
            reason = "%s at %s a search; an exact scan takes %s"
                    .formatted(promise, time, Figures.micros(scan.latency().mean()));
        }
        return new Outcome(winner, reason, joined(rejections.alternatives(winner, known), leftOut));
    }
}
