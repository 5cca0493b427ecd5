package dev.vicino.cli;

import dev.vicino.advise.Advice;
import dev.vicino.advise.Alternative;
import dev.vicino.advise.DataProfile;
import dev.vicino.advise.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Advice for a person: the choice, the figures behind it, what else there was, and how to have the same again. */
final class AdviceText {
    private static final double MICROS_A_SECOND = 1e6;

    private AdviceText() {}

    static String of(Advice advice, List<String> remarks) {
        List<String> lines = new ArrayList<>();
        lines.add(facts(advice));
        lines.add("");
        remarks.forEach(remark -> lines.add("remark: " + remark));
        if (!advice.alternatives().isEmpty()) {
            lines.add("instead of it:");
            advice.alternatives().forEach(other -> lines.add("  " + line(other)));
            lines.add("");
        }
        lines.add("the same in Java:");
        lines.add(advice.java().indent(2).stripTrailing());
        lines.add("the same by command:");
        lines.add("  " + advice.command());
        return String.join(System.lineSeparator(), lines);
    }

    private static String facts(Advice advice) {
        DataProfile data = advice.data();
        return new Summary()
                .line("index", "%s", advice.spec())
                .line("because", "%s", advice.reason())
                .line("regime", "%s", advice.regime().reason())
                .line(
                        "recall",
                        "%s; under 0.8: %.1f %% of the queries",
                        text(advice.recall()),
                        100 * advice.recallUnder80())
                .line(
                        "latency",
                        "%s, 99 in 100 within %s",
                        Summary.time(advice.latencyUs().mean() / MICROS_A_SECOND),
                        Summary.time(advice.latencyUs().p99() / MICROS_A_SECOND))
                .line("memory", Summary.bytes(advice.bytesMemory()))
                .line("build", Summary.time(advice.buildSeconds()))
                .line(
                        "vectors",
                        "%,d of dimension %,d, %s; %.1f directions about each, clusteredness %.2f, %.1f %% read whole",
                        data.vectors(),
                        data.dimension(),
                        data.metric().label(),
                        data.intrinsicDimension(),
                        data.clusteredness(),
                        100 * data.readWhole())
                .line("time", "%s", times(advice))
                .toString();
    }

    private static String text(Interval recall) {
        return String.format(
                Locale.ROOT,
                "%.4f, in %.4f … %.4f by %,d queries that had no part in the choice",
                recall.mean(),
                recall.low(),
                recall.high(),
                recall.queries());
    }

    private static String times(Advice advice) {
        return advice.seconds().entrySet().stream()
                .map(stage -> stage.getKey() + " " + Summary.time(stage.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String line(Alternative other) {
        return "%s: %s; %s, %s"
                .formatted(
                        other.spec(),
                        other.whyNot(),
                        Summary.time(other.latencyUs().mean() / MICROS_A_SECOND),
                        Summary.bytes(other.bytesMemory()));
    }
}
