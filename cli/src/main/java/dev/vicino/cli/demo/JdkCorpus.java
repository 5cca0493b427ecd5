package dev.vicino.cli.demo;

import dev.vicino.io.Progress;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** The API documentation of a JDK: the first sentence for everything public in the {@code java.*} packages of its base module. */
final class JdkCorpus implements Corpus {
    /** Where a JDK keeps its sources. */
    private static final Path SOURCES = Path.of("lib", "src.zip");

    private final Path javaHome;
    private final String release;

    private JdkCorpus(Path javaHome, String release) {
        this.javaHome = javaHome;
        this.release = release;
    }

    /**
     * The documentation in the sources of the JDK in a folder.
     *
     * @throws MissingSourcesException where that JDK came without sources, or this Java without a compiler
     */
    static JdkCorpus of(Path javaHome) throws IOException {
        Path sources = javaHome.resolve(SOURCES);
        if (!Files.isRegularFile(sources)) {
            throw new MissingSourcesException("This Java came without its sources (" + sources + " does not exist)");
        }
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            throw new MissingSourcesException("This Java cannot read its sources (it has no module jdk.compiler)");
        }
        return new JdkCorpus(javaHome, release(javaHome));
    }

    private static String release(Path javaHome) throws IOException {
        var properties = new Properties();
        Path file = javaHome.resolve("release");
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties.getProperty("JAVA_VERSION", "of unknown version").replace("\"", "");
    }

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public String title() {
        return "API documentation of Java " + release;
    }

    /** The size tells builds of one version apart: vendors change sources. */
    @Override
    public String version() throws IOException {
        return release + "/" + Files.size(javaHome.resolve(SOURCES));
    }

    @Override
    public List<String> questions() {
        return List.of(
                "How do I read all lines of a text file?",
                "What is the biggest value in a collection?",
                "shuffle a deck of cards");
    }

    @Override
    public List<Entry> entries(Progress progress) throws IOException {
        try (var sources = JdkSources.open(javaHome.resolve(SOURCES))) {
            Collection<List<String>> packages = sources.exportedPackages().values();
            var done = new AtomicInteger();
            List<List<Entry>> found = packages.parallelStream()
                    .map(files -> {
                        List<Entry> entries = read(sources, files);
                        synchronized (done) { // so that progress hears the numbers in their order
                            progress.update(done.incrementAndGet(), packages.size());
                        }
                        return entries;
                    })
                    .toList();
            return distinct(found);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Entry> read(JdkSources sources, List<String> files) {
        var entries = new ArrayList<Entry>();
        try {
            sources.parse(files, (unit, trees) -> new ApiReader(trees, entries::add).read(unit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /** Overloads often share their first sentence. */
    private static List<Entry> distinct(List<List<Entry>> packages) {
        var seen = new HashSet<String>();
        return packages.stream()
                .flatMap(List::stream)
                .filter(entry -> seen.add(entry.text()))
                .toList();
    }
}
