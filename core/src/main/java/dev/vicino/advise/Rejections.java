package dev.vicino.advise;

import dev.vicino.IndexSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Why each of those that were not chosen was not. */
final class Rejections {
    private final Map<IndexSpec, String> reasons = new HashMap<>();

    void add(IndexSpec spec, String reason) {
        reasons.put(spec, reason);
    }

    /** All of the forecasts, none of which was chosen. */
    List<Alternative> alternatives(List<Forecast> forecasts) {
        return forecasts.stream()
                .map(of ->
                        alternative(of, Objects.requireNonNullElse(reasons.get(of.spec()), "forecast to be no better")))
                .toList();
    }

    /** The forecasts but that of the winner. */
    List<Alternative> alternatives(Finalist winner, List<Forecast> forecasts) {
        IndexSpec chosen = winner.index().spec();
        return forecasts.stream()
                .filter(of -> !of.spec()
                        .withEffort(Math.max(1, winner.certificate().effort()))
                        .equals(chosen))
                .map(of -> alternative(of, whyNot(of, winner.latency())))
                .toList();
    }

    private String whyNot(Forecast forecast, Latency chosen) {
        String reason = reasons.get(forecast.spec());
        if (reason != null) {
            return reason;
        }
        if (!forecast.reachesRecall()) {
            return "does not reach the recall";
        }
        return Figures.text(
                "forecast to take %.2f times as long", forecast.latency().mean() / chosen.mean());
    }

    private static Alternative alternative(Forecast forecast, String whyNot) {
        OperatingPoint tuned = forecast.last().tuned();
        OperatingPoint point = tuned == null ? forecast.last().curve().getLast() : tuned;
        return new Alternative(
                forecast.spec().withEffort(Math.max(1, point.effort())).toString(),
                whyNot,
                point.recall(),
                forecast.latency(),
                forecast.bytesMemory(),
                forecast.buildSeconds());
    }
}
