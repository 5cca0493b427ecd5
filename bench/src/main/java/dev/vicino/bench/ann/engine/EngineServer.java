package dev.vicino.bench.ann.engine;

import dev.vicino.Vectors;
import dev.vicino.bench.race.LinuxMemory;
import dev.vicino.bench.race.Server;
import dev.vicino.files.IdFiles;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Serves one {@link Engine} on command: a child process in the sense of {@link dev.vicino.bench.race.Child}, greeting included. Files
 * are npy. The scripts for engines that are not Java's speak the same:
 *
 * <pre>
 * build    BASE KIND M EF_CONSTRUCTION FOLDER    on one thread → seconds, bytes of memory at the peak above those with the vectors
 * save     FOLDER
 * open     BASE KIND M EF_CONSTRUCTION FOLDER
 * queries  FILE K                                what the next two ask for, one query a call
 * time     EFFORT PASSES                         → seconds of all passes
 * answers  EFFORT FILE                           writes the ids, −1 where there are fewer than K
 * </pre>
 */
public final class EngineServer {
    private static final double NANOS_A_SECOND = 1e9;
    private static final long NOBODY = -1;

    private final Supplier<Engine> engines;
    private Engine engine;
    private float[][] queries = {};
    private long[] ids = {};

    private EngineServer(Supplier<Engine> engines) {
        this.engines = engines;
        this.engine = engines.get();
    }

    /** Serves the engine whose name is the first argument until standard input ends. */
    public static void main(String[] args) throws IOException {
        Server replies = new Server();
        EngineServer server;
        try {
            server = new EngineServer(engine(args[0]));
        } catch (RuntimeException | LinkageError e) {
            replies.missing(e);
            return;
        }
        replies.serve(server.engine.version(), server::run);
    }

    private static Supplier<Engine> engine(String name) {
        return switch (name) {
            case "vicino" -> OwnEngine::new;
            case "lucene" -> LuceneEngine::new;
            case "jvector" -> JVectorEngine::new;
            case "voyager" -> VoyagerEngine::new;
            case "jelmerk" -> JelmerkEngine::new;
            default -> throw new IllegalArgumentException("engine = " + name + ", expected one that is known");
        };
    }

    private List<String> run(String verb, List<String> of) throws IOException {
        switch (verb) {
            case "build" -> {
                return build(of.getFirst(), graph(of), Path.of(of.get(4)));
            }
            case "save" -> engine.save(Path.of(of.getFirst()));
            case "open" -> renewed().open(load(of.getFirst()), graph(of), Path.of(of.get(4)));
            case "queries" -> ask(of.getFirst(), Integer.parseInt(of.get(1)));
            case "time" -> {
                return List.of(String.valueOf(seconds(Integer.parseInt(of.getFirst()), Integer.parseInt(of.get(1)))));
            }
            case "answers" -> IdFiles.write(Path.of(of.get(1)), answers(Integer.parseInt(of.getFirst())));
            case "memory" -> {
                return List.of(String.valueOf(LinuxMemory.anonymous()), String.valueOf(LinuxMemory.onLargePages()));
            }
            default -> throw new IllegalArgumentException("command = " + verb + ", expected one that is known");
        }
        return List.of();
    }

    private static Graph graph(List<String> of) {
        return new Graph(of.get(1), Integer.parseInt(of.get(2)), Integer.parseInt(of.get(3)));
    }

    private static Vectors load(String file) throws IOException {
        return VectorFiles.load(Path.of(file), Progress.NONE);
    }

    /** A fresh engine in the place of the one before. */
    private Engine renewed() throws IOException {
        engine.close();
        engine = engines.get();
        return engine;
    }

    private List<String> build(String file, Graph graph, Path folder) throws IOException {
        Engine fresh = renewed();
        Vectors base = load(file);
        long before = LinuxMemory.restartPeak();
        long start = System.nanoTime();
        fresh.build(base, graph, folder);
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        return List.of(String.valueOf(seconds), String.valueOf(Math.max(0, LinuxMemory.peak() - before)));
    }

    private void ask(String file, int k) throws IOException {
        try (Vectors rows = load(file)) {
            queries = new float[rows.size()][];
            for (int i = 0; i < queries.length; i++) {
                queries[i] = rows.row(i);
            }
        }
        ids = new long[k];
    }

    private double seconds(int effort, int passes) throws IOException {
        int found = 0;
        long start = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
            for (float[] query : queries) {
                found += engine.search(query, effort, ids);
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        if (found == 0) {
            throw new IllegalStateException("found = 0, expected neighbours");
        }
        return seconds;
    }

    private long[][] answers(int effort) throws IOException {
        long[][] answers = new long[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            int found = engine.search(queries[i], effort, ids);
            Arrays.fill(ids, found, ids.length, NOBODY);
            answers[i] = ids.clone();
        }
        return answers;
    }
}
