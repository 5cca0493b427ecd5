package dev.vicino.bench.frameworks;

import static dev.vicino.bench.race.Text.text;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.vicino.advise.Interval;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.documents.DocumentSettings;
import dev.vicino.documents.DocumentStore;
import dev.vicino.langchain4j.VicinoEmbeddingStore;
import dev.vicino.springai.VicinoVectorStore;
import dev.vicino.store.Database;
import dev.vicino.store.point.Point;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/** Searches through both frameworks. One collection serves all of our stores. */
final class SearchWork {
    static final double FLOOR = 0.95;

    private static final double REQUIRED_EXACT = 20;
    private static final double REQUIRED_AT_FLOOR = 200;

    private final Corpus corpus;
    private final FrameworksScale scale;
    private final Consumer<String> remark;

    SearchWork(Corpus corpus, FrameworksScale scale, Consumer<String> remark) {
        this.corpus = corpus;
        this.scale = scale;
        this.remark = remark;
    }

    List<SearchRow> run() throws IOException {
        try (Database database = Database.inMemory()) {
            Filling.fill(VicinoEmbeddingStore.in(database, DocumentSettings.DEFAULT), corpus);
            awaitGraph(database);
            List<SearchRow> rows = new ArrayList<>();
            InMemoryEmbeddingStore<TextSegment> inMemory = new InMemoryEmbeddingStore<>();
            Filling.fill(inMemory, corpus);
            rows.addAll(compare(
                    "InMemoryEmbeddingStore",
                    Engine.of(inMemory, corpus),
                    floor -> Engine.of(VicinoEmbeddingStore.in(database, settings(floor)), corpus)));
            LookupModel model = new LookupModel(corpus);
            SimpleVectorStore simple = SimpleVectorStore.builder(model).build();
            Filling.fill(simple, corpus);
            rows.addAll(compare(
                    "SimpleVectorStore",
                    Engine.of(simple),
                    floor -> Engine.of(VicinoVectorStore.builder(DocumentStore.in(database, settings(floor)), model)
                            .build())));
            return rows;
        }
    }

    private static DocumentSettings settings(double floor) {
        return DocumentSettings.DEFAULT.withRecallFloor(floor);
    }

    /** Waits until all that goes to a graph is there; few documents are scanned. */
    private void awaitGraph(Database database) throws IOException {
        var collection = database.collection(DocumentSettings.DEFAULT_COLLECTION);
        int threshold = VectorSettings.DEFAULT_THRESHOLD;
        long start = System.nanoTime();
        try {
            while (collection.size() >= threshold
                    && Objects.requireNonNull(collection.status().vectors().get(Point.UNNAMED))
                                    .waiting()
                            > 0) {
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the graph is built");
        }
        remark.accept(text("graph built in %.1f s", (System.nanoTime() - start) / 1e9));
    }

    private List<SearchRow> compare(String peer, Engine theirs, Function<Double, Engine> ours) {
        Engine exact = ours.apply(1.0);
        Engine atFloor = ours.apply(FLOOR);
        int queries = Math.min(scale.queries(), corpus.queries().length);
        int peerQueries = Math.min(scale.peerQueries(), queries);
        List<List<String>> truth =
                IntStream.range(0, queries).mapToObj(exact::search).toList();
        double agreement = Arrays.stream(recalls(truth.subList(0, peerQueries), theirs))
                .average()
                .orElseThrow();
        double[] exactMillis = new double[scale.rounds()];
        double[] floorMillis = new double[scale.rounds()];
        double[] peerMillis = new double[scale.rounds()];
        recalls(truth, atFloor); // so that everybody has run before anybody is timed
        for (int round = 0; round < scale.rounds(); round++) {
            exactMillis[round] = millis(exact, queries);
            peerMillis[round] = millis(theirs, peerQueries);
            floorMillis[round] = millis(atFloor, queries);
            remark.accept(text(
                    "%s: %.2f ms, exact %.3f ms, at recall %.2f %.3f ms",
                    peer, peerMillis[round], exactMillis[round], FLOOR, floorMillis[round]));
        }
        return List.of(
                row(peer, 1, recalls(truth, exact), agreement, exactMillis, peerMillis, REQUIRED_EXACT),
                row(peer, FLOOR, recalls(truth, atFloor), agreement, floorMillis, peerMillis, REQUIRED_AT_FLOOR));
    }

    private static SearchRow row(
            String peer,
            double floor,
            double[] recalls,
            double agreement,
            double[] millis,
            double[] peerMillis,
            double required) {
        return new SearchRow(
                peer,
                floor,
                Interval.of(recalls, Engine.K),
                agreement,
                Median.of(millis),
                Median.of(peerMillis),
                Ratio.of(peerMillis, millis),
                required);
    }

    private static double[] recalls(List<List<String>> truth, Engine engine) {
        return IntStream.range(0, truth.size())
                .mapToDouble(query -> {
                    List<String> found = engine.search(query);
                    List<String> right = truth.get(query);
                    return (double) found.stream().filter(right::contains).count() / right.size();
                })
                .toArray();
    }

    private static double millis(Engine engine, int queries) {
        long start = System.nanoTime();
        int found = 0;
        for (int query = 0; query < queries; query++) {
            found += engine.search(query).size();
        }
        if (found == 0) {
            throw new IllegalStateException("nothing was found, expected documents");
        }
        return (System.nanoTime() - start) / 1e6 / queries;
    }
}
