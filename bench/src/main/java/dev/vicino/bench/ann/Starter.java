package dev.vicino.bench.ann;

import dev.vicino.bench.ann.engine.EngineServer;
import dev.vicino.bench.exact.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts the processes of engines, each with large pages: by the C library for its heap, by the JVM for that of Java. */
final class Starter implements AutoCloseable {
    private static final Map<String, String> ENVIRONMENT = Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
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
        String name = peer == null ? OURS : peer.label();
        return Child.start(name, command(peer, name), ENVIRONMENT);
    }

    private List<String> command(@Nullable Peer peer, String name) throws IOException {
        if (peer == Peer.FAISS) {
            return List.of(python, "-u", "-c", new String(resource("faiss_engine.py"), StandardCharsets.UTF_8));
        }
        if (peer == Peer.HNSWLIB) {
            HnswlibProgram program = hnswlib == null ? HnswlibProgram.compile() : hnswlib;
            hnswlib = program;
            return program.command();
        }
        return java(name);
    }

    private static List<String> java(String name) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineServer.class.getName(), name));
        return command;
    }

    /** A file of ours in the jar. */
    static byte[] resource(String name) throws IOException {
        try (InputStream in = Starter.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name + " is missing from the jar").readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        if (hnswlib != null) {
            hnswlib.close();
        }
    }
}
