package dev.vicino.bench.ann;

import dev.vicino.bench.ann.engine.EngineServer;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Launch;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts the processes of engines, each with large pages: by the C library for its heap, by the JVM for that of Java. */
final class Starter implements AutoCloseable {
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC", // on the thread that allocates, as one thread was promised
            "-XX:+UseTransparentHugePages",
            "-XX:MaxRAMPercentage=35",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final String OURS = "vicino";

    private final String python;
    private @Nullable HnswlibProgram hnswlib;

    /** @param python the command that runs Python 3 */
    Starter(String python) {
        this.python = python;
    }

    /**
     * Starts the process of an engine, which speaks as {@link EngineServer} says.
     *
     * @throws IOException when it cannot be started, or misses what it needs
     */
    Child start(@Nullable Peer peer) throws IOException {
        String name = peer == null ? OURS : peer.toString();
        return Child.start(name, command(peer, name), Launch.LARGE_PAGES);
    }

    /**
     * Starts a process for trees of scipy and scikit-learn, which speaks as much of that as they need.
     *
     * @throws IOException as {@link #start}
     */
    Child startTrees() throws IOException {
        return Child.start("trees", Launch.python(python, Starter.class, "tree_engine.py"), Launch.LARGE_PAGES);
    }

    /**
     * Starts a process for clusters and codes of FAISS, which speaks as much of that as they need.
     *
     * @throws IOException as {@link #start}
     */
    Child startClusters() throws IOException {
        return Child.start("faiss", Launch.python(python, Starter.class, "cluster_engine.py"), Launch.LARGE_PAGES);
    }

    private List<String> command(@Nullable Peer peer, String name) throws IOException {
        if (peer == Peer.FAISS) {
            return Launch.python(python, Starter.class, "faiss_engine.py");
        }
        if (peer == Peer.HNSWLIB) {
            HnswlibProgram program = hnswlib == null ? HnswlibProgram.compile() : hnswlib;
            hnswlib = program;
            return program.command();
        }
        return Launch.java(JVM, EngineServer.class, name);
    }

    @Override
    public void close() throws IOException {
        if (hnswlib != null) {
            hnswlib.close();
        }
    }
}
