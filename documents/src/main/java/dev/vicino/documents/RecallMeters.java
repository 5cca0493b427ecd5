package dev.vicino.documents;

import dev.vicino.advise.RecallWatch;
import dev.vicino.advise.Selectivity;
import dev.vicino.advise.Watched;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * What live checks see of the recall, as Micrometer meters, all tagged with the collection.
 *
 * <ul>
 *   <li>{@code vicino.recall}, tagged {@code of} = mean, low, high: the recall of the last searches without a filter that were checked, and the
 *       ends of its interval; NaN before there is one
 *   <li>{@code vicino.recall.checked}: how many these are
 *   <li>{@code vicino.recall.floor}: the recall that was asked for
 *   <li>{@code vicino.effort}: how far such searches walk
 *   <li>{@code vicino.effort.raised}: how often any effort was raised
 *   <li>{@code vicino.recall.skipped}: checks that there was no time for
 *   <li>{@code vicino.documents}: how many there are
 * </ul>
 *
 * <p>Searches that scan cannot miss a neighbour, and are not checked. Where the floor is 1, recall is 1.
 */
public final class RecallMeters implements MeterBinder {
    private final DocumentStore store;

    /** Of a store, which the meters do not keep from being freed. */
    public RecallMeters(DocumentStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "vicino.recall.floor", documents -> documents.settings().recallFloor());
        recall(registry, "mean", watched -> watched.recall().mean());
        recall(registry, "low", watched -> watched.recall().low());
        recall(registry, "high", watched -> watched.recall().high());
        gauge(
                registry,
                "vicino.recall.checked",
                documents -> seen(documents, watched -> watched.recall().queries(), 0));
        gauge(
                registry,
                "vicino.effort",
                documents -> documents
                        .recall()
                        .map(watch -> watch.effort(Selectivity.ALL))
                        .orElse(0));
        gauge(registry, "vicino.documents", DocumentStore::size);
        counter(registry, "vicino.effort.raised", watch -> watch.changes().size());
        counter(registry, "vicino.recall.skipped", RecallWatch::skipped);
    }

    private Tags tags() {
        return Tags.of("collection", store.settings().collection());
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<DocumentStore> value) {
        Gauge.builder(name, store, value).tags(tags()).register(registry);
    }

    private void recall(MeterRegistry registry, String of, ToDoubleFunction<Watched> value) {
        Gauge.builder("vicino.recall", store, documents -> recall(documents, value))
                .tags(tags().and("of", of))
                .register(registry);
    }

    private static double recall(DocumentStore store, ToDoubleFunction<Watched> value) {
        return store.settings().isExact() ? 1 : seen(store, value, Double.NaN);
    }

    private static double seen(DocumentStore store, ToDoubleFunction<Watched> value, double nothing) {
        return store.recall().stream()
                .flatMap(watch -> watch.watched().stream())
                .filter(watched -> watched.selectivity() == Selectivity.ALL)
                .mapToDouble(value)
                .findFirst()
                .orElse(nothing);
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<RecallWatch> value) {
        FunctionCounter.builder(
                        name,
                        store,
                        documents ->
                                documents.recall().map(value::applyAsDouble).orElse(0.0))
                .tags(tags())
                .register(registry);
    }
}
