package dev.vicino.bench.exact;

import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Launch;
import dev.vicino.bench.race.LinuxMemory;
import dev.vicino.bench.race.Server;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A second JVM with the same classes, started with other options: a {@link Child} that searches as we do. */
final class Twin {
    private static final List<String> OPTIONS = List.of(
            // A heap fixed and touched from the start, so that memory which grows is not the heap.
            "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "--enable-native-access=ALL-UNNAMED");

    private static final List<String> SIMD = List.of("--add-modules", "jdk.incubator.vector");

    private final Map<String, OwnSearcher> searchers = new HashMap<>();

    /** Kept when an index is closed, so that they do not count as memory of the next. */
    private final Map<Path, Vectors> queries = new HashMap<>();

    private Twin() {}

    /** Starts one, which is ready when this returns. */
    static Child start(boolean simd) throws IOException {
        List<String> options = Stream.concat(OPTIONS.stream(), simd ? SIMD.stream() : Stream.empty())
                .toList();
        return Child.start(simd ? "the second JVM" : "the scalar twin", Launch.java(options, Twin.class), Map.of());
    }

    /** Serves commands until standard input ends. */
    public static void main(String[] args) throws IOException {
        new Server().serve(Vicino.kernels(), new Twin()::run);
    }

    private List<String> run(String verb, List<String> of) throws IOException {
        return switch (verb) {
            case "load" -> load(of.get(0), of.get(1), Path.of(of.get(2)), Path.of(of.get(3)));
            case "open" -> open(of.get(0), Path.of(of.get(1)), Path.of(of.get(2)));
            case "time" -> List.of(String.valueOf(searcher(of).seconds(call(of), Integer.parseInt(of.get(5)))));
            case "answers" -> {
                searcher(of).answers(call(of)).write(Path.of(of.get(5)), Path.of(of.get(6)));
                yield List.of();
            }
            case "close" -> {
                searcher(of).close();
                searchers.remove(of.getFirst());
                yield List.of();
            }
            case "memory" -> memory();
            default -> throw new IllegalArgumentException("command = " + verb + ", expected one that is known");
        };
    }

    private List<String> load(String name, String spec, Path base, Path queryFile) throws IOException {
        VectorIndex index = Vicino.index(VectorFiles.load(base, Progress.NONE))
                .metric(Metric.DOT)
                .spec(spec)
                .build();
        searchers.put(name, new OwnSearcher(name, index, queries(queryFile)));
        return List.of();
    }

    private List<String> open(String name, Path file, Path queryFile) throws IOException {
        VectorIndex index = Vicino.open(file);
        index.awaitLoaded();
        searchers.put(name, new OwnSearcher(name, index, queries(queryFile)));
        return List.of(String.valueOf(index.bytesMemory()));
    }

    private Vectors queries(Path file) throws IOException {
        Vectors loaded = queries.get(file);
        if (loaded == null) {
            loaded = VectorFiles.load(file, Progress.NONE);
            queries.put(file, loaded);
        }
        return loaded;
    }

    private static List<String> memory() throws IOException {
        System.gc();
        return List.of(String.valueOf(LinuxMemory.anonymous()), String.valueOf(Vicino.bytesOnLargePages()));
    }

    private OwnSearcher searcher(List<String> of) {
        OwnSearcher searcher = searchers.get(of.getFirst());
        if (searcher == null) {
            throw new IllegalArgumentException("index = " + of.getFirst() + ", expected one that was loaded");
        }
        return searcher;
    }

    private static Call call(List<String> of) {
        int[] numbers = of.subList(1, 5).stream().mapToInt(Integer::parseInt).toArray();
        return new Call(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
