package dev.vicino.bench.frameworks;

import static dev.vicino.bench.race.Text.text;

import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Ratio;
import dev.vicino.langchain4j.VicinoEmbeddingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Adding all documents, beside the in-memory store of LangChain4j, which is given them one by one. */
final class AddWork {
    private static final String PEER = "InMemoryEmbeddingStore";
    private static final double REQUIRED = 5;

    private final Corpus corpus;
    private final FrameworksScale scale;
    private final Consumer<String> remark;

    /** How documents come to ours. */
    private enum How {
        IN_MEMORY("all at once, in memory"),
        ONE_BY_ONE("one by one, in memory"),
        FOLDER("all at once, on disk when it returns");

        private final String label;

        How(String label) {
            this.label = label;
        }
    }

    AddWork(Corpus corpus, FrameworksScale scale, Consumer<String> remark) {
        this.corpus = corpus;
        this.scale = scale;
        this.remark = remark;
    }

    List<AddRow> run() throws IOException {
        double[] peer = new double[scale.rounds()];
        Map<How, double[]> ours = new EnumMap<>(How.class);
        for (int round = 0; round < scale.rounds(); round++) {
            peer[round] = seconds(() -> Filling.fillOneByOne(new InMemoryEmbeddingStore<>(), corpus));
            remark.accept(text("%s, one by one: %.2f s", PEER, peer[round]));
            for (How how : How.values()) {
                double seconds = seconds(how);
                ours.computeIfAbsent(how, each -> new double[scale.rounds()])[round] = seconds;
                remark.accept(text("ours, %s: %.2f s", how.label, seconds));
            }
        }
        List<AddRow> rows = new ArrayList<>();
        for (How how : How.values()) {
            double[] seconds = Objects.requireNonNull(ours.get(how));
            Double required = how == How.IN_MEMORY ? REQUIRED : null;
            rows.add(new AddRow(
                    PEER, how.label, Median.of(seconds), Median.of(peer), Ratio.of(peer, seconds), required));
        }
        return rows;
    }

    private double seconds(How how) throws IOException {
        return switch (how) {
            case IN_MEMORY -> {
                try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
                    yield seconds(() -> Filling.fill(store, corpus));
                }
            }
            case ONE_BY_ONE -> {
                try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
                    yield seconds(() -> Filling.fillOneByOne(store, corpus));
                }
            }
            case FOLDER -> inFolder();
        };
    }

    private double inFolder() throws IOException {
        Path folder = Files.createTempDirectory("vicino-frameworks");
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            return seconds(() -> Filling.fill(store, corpus));
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }
}
