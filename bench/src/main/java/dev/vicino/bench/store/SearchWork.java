package dev.vicino.bench.store;

import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Latencies;
import dev.vicino.bench.race.Median;
import dev.vicino.store.Collection;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;

/** What a search costs beyond that of the index: the way through the collection, and reading payloads. */
record SearchWork(Setting setting) {
    private static final double ASKED_SCORES = 30;
    private static final double ASKED_PAYLOAD = 100;
    private static final double HALF = 0.5;
    private static final String WORK = StoreWork.SEARCH.toString();

    /** @param collection all of whose vectors are in its graph */
    void run(Collection collection) throws IOException {
        float[][] queries = setting.material().asked();
        int rounds = setting.scale().rounds();
        double[] bare = new double[rounds];
        double[] scores = new double[rounds];
        double[] payload = new double[rounds];
        try (VectorIndex index = index()) {
            for (int round = -1; round < rounds; round++) { // the first to be warm
                double ofIndex = p50(i -> index.search(queries[i % queries.length], Setting.K, SearchOptions.DEFAULT));
                double ofScores = p50(i -> collection.search(request(queries, i, Part.NONE)));
                double ofPayload = p50(i -> collection.search(request(queries, i, Part.PAYLOAD)));
                if (round >= 0) {
                    bare[round] = ofIndex;
                    scores[round] = ofScores - ofIndex;
                    payload[round] = ofPayload - ofScores;
                }
            }
        }
        double index = Median.of(bare);
        add("ids and scores, p50 beyond the index", Median.of(scores), "bare index", index, ASKED_SCORES);
        double all = index + Median.of(scores);
        add("payload of 10 points, p50 beyond that", Median.of(payload), "ids and scores", all, ASKED_PAYLOAD);
    }

    private VectorIndex index() throws IOException {
        setting.remark().accept("  building the bare index");
        return Vicino.index(setting.material().copy())
                .metric(Metric.COSINE)
                .spec(VectorSettings.dense(setting.material().set().dimension(), Metric.COSINE)
                        .spec())
                .threads(Runtime.getRuntime().availableProcessors())
                .build();
    }

    private double p50(Latencies.Timed search) throws IOException {
        return Latencies.of(setting.scale().seconds(), () -> false, search).micros(HALF);
    }

    private static SearchRequest request(float[][] queries, int number, Part part) {
        return SearchRequest.of(Query.of(queries[number % queries.length]), Setting.K)
                .withPart(part);
    }

    private void add(String ours, double micros, String against, double ofThat, double asked) {
        setting.add(new FigureRow(
                WORK, "k = " + Setting.K, "µs", ours, micros, against, ofThat, null, Asked.atMost(asked)));
    }
}
