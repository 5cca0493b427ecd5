package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.IndexSpec.Device;
import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.card.CardException;
import dev.vicino.card.Cards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures exact search on the processor and on a card, over a sample of the vectors, in turns. */
final class CrossoverMeasurement {
    private static final int[] BATCHES = {1, 10, 100, 1000, 10_000};

    /** More take long, and tell no more: both sides take time in proportion. */
    private static final int MOST_VECTORS = 100_000;

    private static final int PASSES = 3;

    /** Where a call takes longer, larger batches are not measured. */
    private static final double LONG_SECONDS = 1;

    private final Request request;
    private final String card;
    private final Vectors queries;

    private CrossoverMeasurement(Request request, String card, Vectors queries) {
        this.request = request;
        this.card = card;
        this.queries = queries;
    }

    /** Empty where there is no card that works, the vectors are few, or the metric is not for cards. */
    static Optional<Crossover> of(Request request) {
        if (request.metric() == Metric.L1 || request.vectors().size() < Regime.FEW_VECTORS) {
            return Optional.empty();
        }
        Vectors queries = request.queries() == null ? request.vectors() : request.queries();
        try {
            String card = Cards.find(Device.GPU.toString()).name();
            return Optional.of(new CrossoverMeasurement(request, card, queries).measure());
        } catch (CardException e) {
            return Optional.empty(); // then there is nothing to compare with, and advice goes on
        }
    }

    private Crossover measure() {
        int count = Math.min(request.vectors().size(), MOST_VECTORS);
        int[] sample = Drawn.of(request.vectors().size(), request.seed()).rows(0, count);
        List<Crossover.Times> times = new ArrayList<>();
        try (VectorIndex processor = index(sample, Device.CPU);
                VectorIndex onCard = index(sample, Device.GPU)) {
            for (int batch : BATCHES) {
                if (times.isEmpty() || times.getLast().processorSeconds() < LONG_SECONDS) {
                    times.add(times(processor, onCard, batch));
                }
            }
        }
        return new Crossover(card, count, request.goals().k(), times);
    }

    private VectorIndex index(int[] rows, Device device) {
        Vectors copies = Drawn.vectors(request.vectors(), rows);
        try {
            return Vicino.index(copies)
                    .metric(request.metric())
                    .spec(IndexSpec.parse("Flat").withDevice(device))
                    .threads(request.threads())
                    .build();
        } catch (Throwable e) {
            copies.close();
            throw e;
        }
    }

    private Crossover.Times times(VectorIndex processor, VectorIndex onCard, int batch) {
        int[] rows = IntStream.range(0, batch).map(i -> i % queries.size()).toArray();
        try (Vectors asked = Drawn.vectors(queries, rows)) {
            double fastest = Double.POSITIVE_INFINITY;
            double fastestOnCard = Double.POSITIVE_INFINITY;
            for (int pass = 0; pass < PASSES; pass++) {
                fastest = Math.min(fastest, seconds(processor, asked));
                fastestOnCard = Math.min(fastestOnCard, seconds(onCard, asked));
            }
            return new Crossover.Times(batch, fastest, fastestOnCard);
        }
    }

    private double seconds(VectorIndex index, Vectors asked) {
        SearchOptions options = SearchOptions.DEFAULT.withThreads(request.threads());
        return request.meter()
                .seconds(() -> index.searchAll(asked, request.goals().k(), options));
    }
}
