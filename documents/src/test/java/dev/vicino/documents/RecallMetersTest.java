package dev.vicino.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.advise.RecallWatch;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.settings.VectorSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What meters tell of a store that is large enough for a graph. */
final class RecallMetersTest {
    private static final int D = 32;
    private static final int DOCUMENTS = VectorSettings.DEFAULT_THRESHOLD + 2000;

    private final Random random = new Random(1);
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private float[] vector() {
        float[] vector = new float[D];
        for (int i = 0; i < D; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private void fill(DocumentStore store) throws IOException, InterruptedException {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(new Document("id " + i, null, Map.of(), vector()));
        }
        store.add(documents);
        while (store.collection()
                        .orElseThrow()
                        .status()
                        .vectors()
                        .get(Point.UNNAMED)
                        .indexed()
                < DOCUMENTS) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private double gauge(String name) {
        return registry.get(name).tag("collection", "documents").gauge().value();
    }

    private double unfiltered(String name) {
        return registry.get(name).tag("selectivity", "all").gauge().value();
    }

    private double recall(String of) {
        return registry.get("vicino.recall")
                .tags("of", of, "selectivity", "all")
                .gauge()
                .value();
    }

    @Test
    void recallIsSeenWhileSearchesAreServed() throws Exception {
        DocumentSettings all = DocumentSettings.DEFAULT.withRecallShare(1);
        try (DocumentStore store = DocumentStore.inMemory(all)) {
            new RecallMeters(store).bindTo(registry);
            assertThat(recall("mean")).isNaN();
            assertThat(unfiltered("vicino.effort")).isZero();
            fill(store);
            assertThat(gauge("vicino.documents")).isEqualTo(DOCUMENTS);
            while (unfiltered("vicino.recall.checked") < 50) {
                store.search(vector(), 10, -1, Filter.ALL, false);
                Thread.sleep(1);
            }
            assertThat(recall("mean")).isBetween(0.5, 1.0);
            assertThat(recall("low")).isLessThanOrEqualTo(recall("mean"));
            assertThat(recall("high")).isGreaterThanOrEqualTo(recall("mean"));
            assertThat(gauge("vicino.recall.floor")).isEqualTo(0.95);
            assertThat(unfiltered("vicino.effort")).isGreaterThanOrEqualTo(64);
            RecallWatch watch = store.recall().orElseThrow();
            assertThat(registry.get("vicino.effort.raised").functionCounter().count())
                    .isEqualTo(watch.changes().size());
            assertThat(registry.get("vicino.recall.skipped").functionCounter().count())
                    .isEqualTo((double) watch.skipped());
        }
    }

    @Test
    void whatIsExactIsNotWatched() throws Exception {
        try (DocumentStore store = DocumentStore.inMemory(DocumentSettings.DEFAULT.withRecallFloor(1))) {
            new RecallMeters(store).bindTo(registry);
            store.add(List.of(new Document("one", "text", Map.of(), vector())));
            assertThat(store.search(vector(), 10, -1, Filter.ALL, false)).hasSize(1);
            assertThat(store.recall()).isEmpty();
            assertThat(recall("low")).isEqualTo(1);
        }
    }
}
