package dev.vicino.advise;

import dev.vicino.Goals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the advisor chose, what it knows of it and what else there was.
 *
 * @param goals that were set
 * @param machine that it was predicted for; null where nothing had to be predicted
 * @param regime the kind of answer that was called for
 * @param reason why this one
 * @param spec the choice, its effort among it: building it again gives the same index
 * @param recall of queries that had no part in the choice; its lower end reaches the goal
 * @param recallUnder80 share of them whose recall is below 0.8
 * @param latencyUs in microseconds, one query a call on one thread, over all vectors
 * @param bytesMemory of the index
 * @param buildSeconds time of its build
 * @param curve recall and time at some of the efforts that were tried over all vectors
 * @param alternatives what else was looked at, the fastest first
 * @param seconds what the time went to, in order
 */
public record Advice(
        Goals goals,
        DataProfile data,
        @Nullable Machine machine,
        Regime regime,
        String reason,
        String spec,
        int effort,
        Interval recall,
        double recallUnder80,
        Latency latencyUs,
        long bytesMemory,
        double buildSeconds,
        List<TimedPoint> curve,
        List<Alternative> alternatives,
        Map<String, Double> seconds) {
    /** The Java lines that build the same index. */
    public String java() {
        return """
                VectorIndex index = Vicino.index(vectors)
                        .metric(Metric.%s)
                        .spec("%s")
                        .build();""".formatted(data.metric().name(), spec);
    }

    /** The command that builds the same index. */
    public String command() {
        return "vicino build VECTORS --out INDEX --metric %s --spec '%s'"
                .formatted(data.metric().label(), spec);
    }
}
