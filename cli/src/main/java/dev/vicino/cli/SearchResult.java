package dev.vicino.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a search did; its components are the fields of the JSON object.
 *
 * @param vectors held by the index
 * @param k neighbours wanted a query; null for all within a radius
 * @param effort null for a search that is exact
 * @param batch queries a call
 * @param threads how many work on a call
 * @param seconds time of all searches, in the median pass
 * @param qps queries a second, in the median pass
 * @param latencyUs time of a call, which is a query only where the batch is 1
 * @param recall mean share of the true neighbours that were found; null without a truth
 * @param recallUnder80 share of the queries with a recall below 0.8; null without a truth
 * @param distancesPerQuery vectors compared with a query on average, by their code or by their float32 values
 * @param bytesMemory what the index takes beside its mapped file
 */
record SearchResult(
        String spec,
        String metric,
        int vectors,
        int dimension,
        int queries,
        @Nullable Integer k,
        @Nullable Integer effort,
        int batch,
        int threads,
        double seconds,
        double qps,
        Latencies latencyUs,
        @Nullable Double recall,
        @JsonProperty("recall_under_80") @Nullable Double recallUnder80,
        double distancesPerQuery,
        long bytesMemory) {
    /** The result for a person. */
    String text() {
        Summary summary = new Summary()
                .line("index", "%s, %s, %,d vectors of dimension %,d", spec, metric, vectors, dimension)
                .line(
                        "search",
                        "%s, %s, %,d at a time on %s",
                        count(queries, "query", "queries"),
                        wanted(),
                        batch,
                        cores())
                .line("speed", "%,.1f queries a second; %s in all", qps, Summary.time(seconds))
                .line(batch == 1 ? "latency" : "a call", latencies())
                .line("work", "%,.0f distances a query", distancesPerQuery)
                .line("memory", "%s beside the mapped file", Summary.bytes(bytesMemory));
        if (recall != null && recallUnder80 != null) {
            summary.line("recall", "%.4f; below 0.8 for %.1f %% of the queries", recall, 100 * recallUnder80);
        }
        return summary.toString();
    }

    private String wanted() {
        return k == null ? "all within the radius" : count(k, "neighbour", "neighbours");
    }

    private String cores() {
        return count(threads, "thread", "threads");
    }

    private String latencies() {
        return "mean %s, p50 %s, p95 %s, p99 %s, max %s"
                .formatted(
                        micros(latencyUs.mean()),
                        micros(latencyUs.p50()),
                        micros(latencyUs.p95()),
                        micros(latencyUs.p99()),
                        micros(latencyUs.max()));
    }

    private static String micros(double micros) {
        return Summary.time(micros / 1e6);
    }

    private static String count(int number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
