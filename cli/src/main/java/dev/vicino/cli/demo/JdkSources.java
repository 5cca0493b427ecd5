package dev.vicino.cli.demo;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a JDK's {@code java.base} module, {@code lib/src.zip}, read with the compiler's own parser. Safe for use by several
 * threads.
 */
final class JdkSources implements AutoCloseable {
    private static final String MODULE = "java.base/";

    /** The largest source file of a JDK has half a megabyte; what is ten times as large is no source file. */
    private static final int MAX_SOURCE_BYTES = 8 << 20;

    private final Path file;
    private final ZipFile zip;
    private final JavaCompiler compiler;

    private JdkSources(Path file, ZipFile zip, JavaCompiler compiler) {
        this.file = file;
        this.zip = zip;
        this.compiler = compiler;
    }

    /**
     * Opens a file of sources. This Java must have the module jdk.compiler.
     *
     * @throws CorruptFileException where the file is no zip archive
     */
    static JdkSources open(Path file) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "module jdk.compiler");
        try {
            return new JdkSources(file, new ZipFile(file.toFile()), compiler);
        } catch (ZipException e) {
            throw new CorruptFileException(file, 0, "the file", String.valueOf(e.getMessage()), "a zip archive");
        }
    }

    /** The source files of each {@code java.*} package that the module exports to everybody, by name of the package. */
    SortedMap<String, List<String>> exportedPackages() throws IOException {
        var packages = new TreeMap<String, List<String>>();
        for (String name : exports()) {
            packages.put(name, new ArrayList<>());
        }
        zip.stream().map(ZipEntry::getName).filter(JdkSources::declaresTypes).forEach(name -> {
            List<String> files = packages.get(packageOf(name));
            if (files != null) {
                files.add(name);
            }
        });
        return packages;
    }

    private List<String> exports() throws IOException {
        String name = MODULE + "module-info.java";
        var exports = new ArrayList<String>();
        parse(List.of(name), (unit, trees) -> exports.addAll(exports(unit.getModule())));
        if (exports.isEmpty()) {
            throw new CorruptFileException(file, 0, name, "without exports", "the declaration of the module java.base");
        }
        return exports;
    }

    private static List<String> exports(@Nullable ModuleTree module) {
        return module == null
                ? List.of()
                : module.getDirectives().stream()
                        .filter(directive ->
                                directive instanceof ExportsTree exports && exports.getModuleNames() == null)
                        .map(directive ->
                                ((ExportsTree) directive).getPackageName().toString())
                        .filter(name -> name.startsWith("java."))
                        .toList();
    }

    private static boolean declaresTypes(String name) {
        return name.startsWith(MODULE) && name.endsWith(".java") && !name.endsWith("-info.java");
    }

    private static String packageOf(String name) {
        return name.substring(MODULE.length(), Math.max(MODULE.length(), name.lastIndexOf('/')))
                .replace('/', '.');
    }

    /** Hears each file after it was parsed. */
    @FunctionalInterface
    interface Reader {
        void read(CompilationUnitTree unit, DocTrees trees);
    }

    /** Parses files, and nothing more: no name is looked up, no type computed, and what a parser would complain of is let pass. */
    void parse(List<String> names, Reader reader) throws IOException {
        if (names.isEmpty()) {
            return; // the compiler takes that for an error
        }
        var sources = new ArrayList<JavaFileObject>();
        for (String name : names) {
            sources.add(SimpleJavaFileObject.forSource(URI.create("string:///" + name), source(name)));
        }
        var task = (JavacTask) compiler.getTask(null, null, diagnostic -> {}, List.of(), null, sources);
        DocTrees trees = DocTrees.instance(task);
        task.parse().forEach(unit -> reader.read(unit, trees));
    }

    private String source(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new CorruptFileException(file, 0, name, "missing", "a source file of the JDK");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_SOURCE_BYTES + 1);
            if (bytes.length > MAX_SOURCE_BYTES) {
                throw new CorruptFileException(
                        file, 0, name, "longer than " + MAX_SOURCE_BYTES + " bytes", "a source file of the JDK");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new CorruptFileException(file, 0, name, String.valueOf(e.getMessage()), "a source file of the JDK");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
