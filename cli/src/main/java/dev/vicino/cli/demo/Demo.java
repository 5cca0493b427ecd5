package dev.vicino.cli.demo;

import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.command.Task;
import dev.vicino.embed.MiniLm;
import dev.vicino.embed.TextEmbedder;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches a corpus by meaning: embeds it and builds an index, or finds both where an earlier run kept them, and answers questions.
 */
public final class Demo {
    private final DemoOptions options;
    private final TextEmbedder embedder;
    private final Timings timings;
    private final List<String> notes = new ArrayList<>();

    private Demo(DemoOptions options, TextEmbedder embedder, Timings timings) {
        this.options = options;
        this.embedder = embedder;
        this.timings = timings;
    }

    /**
     * Runs the demo. What is missing is replaced, and the report says so in a sentence: drug facts stand in for a JDK without
     * sources, a damaged library is made again, and one that cannot be kept is made again by the next run.
     *
     * @throws IOException where the model cannot run here, or the texts cannot be read
     */
    public static Report run(DemoOptions options) throws IOException {
        var timings = new Timings();
        try (TextEmbedder embedder = timings.measure("model", MiniLm::load)) {
            return new Demo(options, embedder, timings).report();
        }
    }

    private Report report() throws IOException {
        Corpus corpus = corpus();
        Shelf shelf = Shelf.of(options.cacheDir(), corpus, embedder.name());
        Library kept = kept(shelf);
        try (Library library = kept != null ? kept : make(corpus, shelf)) {
            List<String> questions = Stream.concat(corpus.questions().stream(), options.queries().stream())
                    .toList();
            List<Answer> answers = new Examination(library, embedder).ask(questions);
            VectorIndex index = library.index();
            return new Report(
                    corpus.name(),
                    corpus.title(),
                    index.size(),
                    index.dimension(),
                    embedder.name(),
                    index.spec().toString(),
                    Vicino.kernels(),
                    "exact scan",
                    reason(index),
                    kept != null,
                    shelf.folder().toString(),
                    List.copyOf(notes),
                    timings.seconds(),
                    answers);
        }
    }

    private Corpus corpus() throws IOException {
        return switch (options.corpus()) {
            case DRUGS -> new DrugCorpus();
            case JDK -> jdkOrDrugs();
        };
    }

    private Corpus jdkOrDrugs() throws IOException {
        try {
            return JdkCorpus.of(options.javaHome());
        } catch (MissingSourcesException e) {
            notes.add(e.getMessage() + "; facts about drugs are searched instead.");
            return new DrugCorpus();
        }
    }

    private @Nullable Library kept(Shelf shelf) throws IOException {
        try {
            return timings.measure("open", shelf::open);
        } catch (IOException e) {
            notes.add("What an earlier run had kept was damaged and has been made again: " + e.getMessage() + ".");
            return null;
        }
    }

    private Library make(Corpus corpus, Shelf shelf) throws IOException {
        List<Entry> entries = shown("read", corpus::entries);
        List<String> texts = entries.stream().map(Entry::text).toList();
        float[][] rows = shown("embed", progress -> embedder.embedAll(texts, progress));
        var library = new Library(entries, timings.measure("build", () -> index(rows)));
        try {
            timings.measure("save", () -> shelf.put(library));
        } catch (IOException e) {
            notes.add("The next run will do all this again, because nothing could be kept: " + e + ".");
        }
        return library;
    }

    /** Work that tells how far it has come. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Progress progress) throws IOException;
    }

    /** Measures a step and shows its progress. */
    private <T> T shown(String step, Work<T> work) throws IOException {
        try (Task task = options.tasks().apply(step)) {
            return timings.measure(step, () -> work.run(task));
        }
    }

    private static VectorIndex index(float[][] rows) {
        return Vicino.index(Vectors.of(rows)).metric(Metric.COSINE).spec("Flat").build();
    }

    private static String reason(VectorIndex index) {
        double mebibytes = (double) index.size() * index.dimension() * Float.BYTES / (1 << 20);
        return String.format(
                Locale.ROOT,
                "%,d vectors of %d values are few enough to compare a question with every one of them;"
                        + " that reads %.1f MiB and misses nothing",
                index.size(),
                index.dimension(),
                mebibytes);
    }
}
