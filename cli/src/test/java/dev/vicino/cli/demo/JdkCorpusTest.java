package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkCorpusTest {
    private static final String MODULE = """
            /** The base. */
            module java.base {
                exports java.util;
                exports java.hidden to other;
                exports sun.misc;
            }
            """;

    @TempDir
    private Path home;

    @Test
    void everyDocumentedPublicClassAndMemberIsAnEntry() throws IOException {
        assertThat(entries("List", """
                package java.util;

                import java.util.function.*;

                /**
                 * A row of things
                 * in an order.  It may be empty.
                 * @param <E> what it holds
                 */
                public interface List<E> extends Collection<E> {
                    /** How many there are. */
                    int size();

                    /** A part, from {@code from} to {@code to}. More follows. */
                    List<E> subList(int from, int to);

                    /** Puts a new thing for each. */
                    default void replaceAll(Map.Entry<? super E, ?>[] entries, @Deprecated UnaryOperator<E>... operators) {}

                    int undocumented();

                    /** Unseen. */
                    private void hidden() {}

                    /** The longest. */
                    int LONGEST = 7;

                    /** A place in it. */
                    interface Place {
                        /** Goes on. */
                        void next();
                    }
                }
                """))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "java.util.List", "List: A row of things in an order.",
                        "java.util.List#size()", "List.size: How many there are.",
                        "java.util.List#subList(int,int)", "List.subList: A part, from from to to.",
                        "java.util.List#replaceAll(Map.Entry[],UnaryOperator[])",
                                "List.replaceAll: Puts a new thing for each.",
                        "java.util.List#LONGEST", "List.LONGEST: The longest.",
                        "java.util.List.Place", "List.Place: A place in it.",
                        "java.util.List.Place#next()", "List.Place.next: Goes on."));
    }

    @Test
    void classesEnumsAndRecordsHaveTheirPublicAndProtectedMembers() throws IOException {
        assertThat(entries("Box", """
                package java.util;

                /** A box. */
                public class Box {
                    /** Makes a box. */
                    public Box(String label) {}
                    /** For heirs. */
                    protected int weight;
                    /** Not shown. */
                    int inside;
                    /** Not shown either. */
                    private static class Lid {
                        /** Nor this. */
                        public void open() {}
                    }
                    /** A colour. */
                    public enum Colour {
                        /** Like blood. */
                        RED { /** Not shown. */ public void shine() {} }
                    }
                    /** Two sizes. */
                    public record Size(int width, int height) {
                        /** Checks both. */
                        public Size {}
                    }
                }

                /** Not shown. */
                class Other {
                    /** Not shown. */
                    public int field;
                }
                """))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "java.util.Box", "Box: A box.",
                        "java.util.Box#Box(String)", "Box.Box: Makes a box.",
                        "java.util.Box#weight", "Box.weight: For heirs.",
                        "java.util.Box.Colour", "Box.Colour: A colour.",
                        "java.util.Box.Colour#RED", "Box.Colour.RED: Like blood.",
                        "java.util.Box.Size", "Box.Size: Two sizes.",
                        "java.util.Box.Size#Size(int,int)", "Box.Size.Size: Checks both."));
    }

    @Test
    void tagsBecomeWhatAReaderSees() throws IOException {
        assertThat(sentence("See {@link List#add(Object) the other}, {@link #clear}, {@linkplain Map#of(int, int)}."))
                .isEqualTo("See the other, clear, Map.of(int, int).");
        assertThat(sentence("Holds {@code a < b} and {@literal @x}.")).isEqualTo("Holds a < b and @x.");
        assertThat(sentence("At most 2<sup>31</sup>&minus;1 &lt;things&gt;&nbsp;&#64;home."))
                .isEqualTo("At most 2^31−1 <things> @home.");
        assertThat(sentence("An <i>old</i><b>er</b> one,<br>two lines.")).isEqualTo("An older one, two lines.");
        assertThat(sentence("{@return the sum} More.")).isEqualTo("Returns the sum.");
        assertThat(sentence("{@summary In short, this.} More.")).isEqualTo("In short, this.");
        assertThat(sentence("An {@index heap heap of things} and {@systemProperty user.dir} and {@value #A}."))
                .isEqualTo("An heap and user.dir and A.");
        assertThat(sentence("No tags at all")).isEqualTo("No tags at all");
        assertThat(sentence("An {@unknown word} and a {@link }broken one."))
                .contains("word")
                .contains("broken one.");
    }

    @Test
    void markdownCommentsAreReadToo() throws IOException {
        assertThat(entries("A", """
                package java.util;

                /// Holds `x` in a [List], a [row][Row] or a [page](http://example.org).
                /// And more.
                public class A {}
                """)).containsOnly(Map.entry("java.util.A", "A: Holds x in a List, a row or a page."));
    }

    @Test
    void whatOnlyInheritsItsDocumentationIsNoEntry() throws IOException {
        assertThat(entries("A", """
                package java.util;

                public class A {
                    /** {@inheritDoc} */
                    public int a() { return 0; }
                    /** @return the b */
                    public int b() { return 0; }
                    /** */
                    public int c() { return 0; }
                }
                """)).isEmpty();
    }

    @Test
    void equalTextsAreThereOnce() throws IOException {
        assertThat(entries("A", """
                package java.util;

                public class A {
                    /** Adds. */
                    public void add(int a) {}
                    /** Adds. */
                    public void add(long a) {}
                }
                """)).containsOnly(Map.entry("java.util.A#add(int)", "A.add: Adds."));
    }

    @Test
    void onlyJavaPackagesExportedToEverybodyAreRead() throws IOException {
        String documented = "/** Here. */ public class A {}";
        write(Map.of(
                "java.base/module-info.java", MODULE,
                "java.base/java/util/A.java", "package java.util; " + documented,
                "java.base/java/util/package-info.java", "/** Not a class. */ package java.util;",
                "java.base/java/util/zip/A.java", "package java.util.zip; " + documented,
                "java.base/java/hidden/A.java", "package java.hidden; " + documented,
                "java.base/sun/misc/A.java", "package sun.misc; " + documented,
                "java.sql/java/util/B.java", "package java.util; /** There. */ public class B {}"));

        assertThat(read()).containsOnlyKeys("java.util.A");
    }

    @Test
    void aFileThatDoesNotParseHasTheEntriesThatDo() throws IOException {
        assertThat(entries("A", """
                package java.util;

                public class A {
                    /** Fine. */
                    public void fine() {}
                    /** Torn. */
                    public void torn( {{{
                """)).containsEntry("java.util.A#fine()", "A.fine: Fine.");
    }

    @Test
    void progressRisesToTheNumberOfPackages() throws IOException {
        write(Map.of("java.base/module-info.java", MODULE));
        var heard = new ArrayList<Long>();

        JdkCorpus.of(home).entries((done, total) -> {
            assertThat(total).isEqualTo(1);
            heard.add(done);
        });

        assertThat(heard).containsExactly(1L);
    }

    @Test
    void aJdkWithoutSourcesSaysSo() {
        assertThatThrownBy(() -> JdkCorpus.of(home))
                .isInstanceOf(MissingSourcesException.class)
                .hasMessageContaining(home.resolve("lib").resolve("src.zip") + " does not exist");
    }

    @Test
    void damagedSourcesAreTheFilesFault() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/src.zip"), "not a zip archive");

        assertThatThrownBy(() -> JdkCorpus.of(home).entries(Progress.NONE))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("src.zip")
                .hasMessageEndingWith("expected a zip archive");
    }

    @Test
    void sourcesWithoutAModuleAreTheFilesFault() throws IOException {
        write(Map.of("java.base/java/util/A.java", "package java.util; public class A {}"));

        assertThatThrownBy(() -> JdkCorpus.of(home).entries(Progress.NONE))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("java.base/module-info.java is missing");
    }

    @Test
    void aModuleThatIsNoneIsTheFilesFault() throws IOException {
        write(Map.of("java.base/module-info.java", "class A {}"));

        assertThatThrownBy(() -> JdkCorpus.of(home).entries(Progress.NONE))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("java.base/module-info.java is without exports");
    }

    @Test
    void titleAndVersionTellReleasesApart() throws IOException {
        write(Map.of("java.base/module-info.java", MODULE));
        String unknown = JdkCorpus.of(home).version();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"25.0.9\"\n");

        assertThat(JdkCorpus.of(home).title()).isEqualTo("API documentation of Java 25.0.9");
        assertThat(JdkCorpus.of(home).version()).startsWith("25.0.9/").isNotEqualTo(unknown);
    }

    @Test
    void theJdkOfThisTestHasMoreThanTenThousandEntries() throws IOException {
        Path running = DemoOptions.defaultJavaHome();
        JdkCorpus corpus;
        try {
            corpus = JdkCorpus.of(running);
        } catch (MissingSourcesException e) {
            System.out.println("Not tested, install the sources of the JDK to test it: " + e.getMessage());
            abort(e.getMessage());
            return;
        }

        List<Entry> entries = corpus.entries(Progress.NONE);

        assertThat(entries).hasSizeGreaterThan(10_000);
        assertThat(entries).extracting(Entry::text).doesNotHaveDuplicates();
        assertThat(entries)
                .filteredOn(entry -> entry.source().equals("java.util.List#size()"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.text())
                        .startsWith("List.size: ")
                        .contains("number of elements")
                        .endsWith("."));
        assertThat(entries).extracting(Entry::text).noneMatch(text -> text.contains("{@"));
    }

    /** The first sentence of a documentation comment, as the corpus has it. */
    private String sentence(String comment) throws IOException {
        String text = entries("A", "package java.util;\n/** " + comment + " */\npublic class A {}")
                .get("java.util.A");
        assertThat(text).startsWith("A: ");
        return text.substring("A: ".length());
    }

    /** Texts by source of a JDK that has one class. */
    private Map<String, String> entries(String className, String source) throws IOException {
        write(Map.of("java.base/module-info.java", MODULE, "java.base/java/util/" + className + ".java", source));
        return read();
    }

    private Map<String, String> read() throws IOException {
        return JdkCorpus.of(home).entries(Progress.NONE).stream()
                .collect(Collectors.toMap(Entry::source, Entry::text, (a, b) -> a, TreeMap::new));
    }

    private void write(Map<String, String> files) throws IOException {
        Files.createDirectories(home.resolve("lib"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(home.resolve("lib/src.zip")))) {
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }
}
