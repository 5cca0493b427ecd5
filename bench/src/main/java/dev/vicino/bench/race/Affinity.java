package dev.vicino.bench.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which cores the timed threads run on: this one, and those of child processes. Other threads of a JVM, which compile and collect,
 * stay where the system puts them, so that they do not take turns with the timed one on its core. By {@code taskset}, which only
 * Linux has; elsewhere everything runs wherever it likes.
 *
 * <p>For the thread that made it.
 */
public final class Affinity {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private final List<Integer> cores;
    private final List<Long> threads = new ArrayList<>();
    private int used;

    private Affinity(List<Integer> cores) {
        this.cores = cores;
        this.used = cores.size();
    }

    /** For this thread; without effect where threads cannot be bound. */
    public static Affinity ofThisThread() {
        try {
            Affinity affinity = new Affinity(parse(status("Cpus_allowed_list")));
            affinity.threads.add(thisThread());
            affinity.apply(affinity.cores.size());
            return affinity;
        } catch (IOException e) {
            return none();
        }
    }

    /** Without effect. */
    public static Affinity none() {
        return new Affinity(List.of());
    }

    /** The system's number of the calling thread; 0 where it does not say. */
    public static long thisThread() {
        try {
            return Long.parseLong(
                    Files.readSymbolicLink(THIS_THREAD).getFileName().toString());
        } catch (IOException e) {
            return 0; // not Linux
        }
    }

    /** Binds a thread of another process from now on too. */
    public void add(long thread) throws IOException {
        if (isBinding()) {
            threads.add(thread);
            apply(used);
        }
    }

    /** Forgets a thread that was added. */
    public void remove(long thread) {
        threads.removeIf(bound -> bound == thread);
    }

    /** Binds all threads to so many cores, always the same ones. */
    public void useCores(int count) throws IOException {
        int wanted = Math.min(count, cores.size());
        if (isBinding() && wanted != used) {
            apply(wanted);
        }
    }

    public void useAllCores() throws IOException {
        useCores(cores.size());
    }

    /** What is done, in a few words. */
    public String description() {
        return isBinding()
                ? "the searching thread of each side is bound to core " + cores.getLast()
                : "no thread is bound to a core: taskset is missing";
    }

    /** How many cores there are for us. */
    public int cores() {
        return isBinding() ? cores.size() : Runtime.getRuntime().availableProcessors();
    }

    public boolean isBinding() {
        return !cores.isEmpty();
    }

    /** The last ones, because interrupts and other people's work tend to be on the first. */
    private void apply(int count) throws IOException {
        String list = cores.subList(cores.size() - count, cores.size()).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        for (long thread : threads) {
            Tool.run(List.of("taskset", "-c", "-p", list, String.valueOf(thread)));
        }
        used = count;
    }

    private static String status(String field) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).strip();
            }
        }
        throw new IOException(STATUS + " has no field " + field);
    }

    /** The numbers in a list like {@code 0-3,7}. */
    static List<Integer> parse(String list) {
        return Arrays.stream(list.split(","))
                .map(range -> range.split("-"))
                .flatMap(ends -> IntStream.rangeClosed(
                                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                        .boxed())
                .toList();
    }
}
