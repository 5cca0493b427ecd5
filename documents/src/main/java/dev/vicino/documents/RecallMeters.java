package dev.vicino.documents;

import dev.vicino.advise.Interval;
import dev.vicino.advise.RecallWatch;
import dev.vicino.advise.Selectivity;
import dev.vicino.advise.Watched;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What live checks see of the recall, as Micrometer meters, all tagged with the collection.
 *
 * <ul>
 *   <li>{@code vicino.recall}, tagged {@code of} = mean, low, high: the recall of the last searches that were checked, and the ends of its
 *       interval; NaN before there is one
 *   <li>{@code vicino.recall.checked}: how many these are
 *   <li>{@code vicino.recall.floor}: the recall that was asked for
 *   <li>{@code vicino.effort}: how far searches walk
 *   <li>{@code vicino.effort.raised}: how often an effort was raised
 *   <li>{@code vicino.recall.skipped}: checks that there was no time for
 *   <li>{@code vicino.documents}: how many there are
 * </ul>
 *
 * <p>Recall, checked and effort are tagged with the {@code selectivity} of the filter as well: all (there is none), many, some, few. Searches that
 * scan cannot miss a neighbour, and are not checked. Where the floor is 1, recall is 1.
 */
public final class RecallMeters implements MeterBinder {
    private final DocumentStore store;

    /** Of a store, which the meters do not keep from being freed. */
    public RecallMeters(DocumentStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("collection", store.settings().collection());
        for (Selectivity selectivity : Selectivity.values()) {
            bindTo(registry, selectivity, tags.and("selectivity", selectivity.label()));
        }
        gauge(
                registry,
                "vicino.recall.floor",
                tags,
                documents -> documents.settings().recallFloor());
        gauge(registry, "vicino.documents", tags, DocumentStore::size);
        counter(registry, "vicino.effort.raised", tags, watch -> watch.changes().size());
        counter(registry, "vicino.recall.skipped", tags, RecallWatch::skipped);
    }

    private void bindTo(MeterRegistry registry, Selectivity selectivity, Tags tags) {
        recall(registry, selectivity, tags.and("of", "mean"), Interval::mean);
        recall(registry, selectivity, tags.and("of", "low"), Interval::low);
        recall(registry, selectivity, tags.and("of", "high"), Interval::high);
        gauge(
                registry,
                "vicino.recall.checked",
                tags,
                documents -> seen(documents, selectivity).map(Interval::queries).orElse(0));
        gauge(
                registry,
                "vicino.effort",
                tags,
                documents -> documents
                        .recall()
                        .map(watch -> watch.effort(selectivity))
                        .orElse(0));
    }

    private void recall(MeterRegistry registry, Selectivity selectivity, Tags tags, Function<Interval, Double> value) {
        gauge(
                registry,
                "vicino.recall",
                tags,
                documents -> seen(documents, selectivity)
                        .map(value)
                        .orElse(documents.settings().isExact() ? 1 : Double.NaN));
    }

    private static Optional<Interval> seen(DocumentStore store, Selectivity selectivity) {
        return store.recall().stream()
                .flatMap(watch -> watch.watched().stream())
                .filter(watched -> watched.selectivity() == selectivity)
                .map(Watched::recall)
                .findFirst();
    }

    private void gauge(MeterRegistry registry, String name, Tags tags, ToDoubleFunction<DocumentStore> value) {
        Gauge.builder(name, store, value).tags(tags).register(registry);
    }

    private void counter(MeterRegistry registry, String name, Tags tags, ToDoubleFunction<RecallWatch> value) {
        FunctionCounter.builder(
                        name,
                        store,
                        documents ->
                                documents.recall().map(value::applyAsDouble).orElse(0.0))
                .tags(tags)
                .register(registry);
    }
}
