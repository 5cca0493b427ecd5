package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Graphs in files that were cut off or changed: noticed by whoever verifies, and never the end of the JVM, a search without end, or an
 * error that says nothing.
 */
@ExtendWith(Seeds.class)
final class GraphFileDamageTest {
    @SuppressWarnings("unused") // by name
    private static final List<String> GRAPHS =
            List.of("HNSW4(efConstruction=20)", "HNSW4(efConstruction=20,extendCandidates=true),RaBitQ2,Refine(Flat)");

    private static final List<String> SPECS = Stream.concat(
                    GRAPHS.stream(),
                    Stream.of(
                            "IVF8",
                            "IVF8,RaBitQ2,Refine(Flat)",
                            "PCA6,HNSW4(efConstruction=20),RaBitQ2,Refine(SQ8)",
                            "PCA8,IVF32_HNSW2(nprobe=2),PQ4x4fsr,Refine(FP16)"))
            .toList();

    private static final int ROWS = 300;
    private static final int D = 10;
    private static final int FLIPS = 80;
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    private Path folder;

    /** What hangs is to fail, not to hang the build. */
    private final ExecutorService thread = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void shutDown() {
        thread.shutdownNow();
    }

    private byte[] save(String spec, Metric metric, int n) throws IOException {
        Path file = folder.resolve("whole");
        float[][] rows = Points.gaussian(Seeds.random(), n, D);
        try (VectorIndex index =
                Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
            index.save(file);
        }
        return Files.readAllBytes(file);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What may be said of damage. */
    private static void tolerated(Work work) throws IOException {
        try {
            work.run();
        } catch (CorruptFileException | IllegalArgumentException e) {
            assertThat(e.getMessage()).contains("expected");
        } catch (IllegalStateException e) {
            assertThat(e.getMessage()).as("links that changes rely on").isNotBlank();
        }
    }

    /** Does all that can be done with an index. */
    private void exercise(Path file) throws IOException {
        LiveIndex opened;
        try {
            opened = (LiveIndex) Vicino.open(file);
        } catch (CorruptFileException e) {
            assertThat(e.getMessage()).contains(file.toString()).contains("expected");
            return;
        }
        float[] query = Seeds.reals(Seeds.random(), D);
        float[] other = Seeds.reals(new Random(1), D);
        try (LiveIndex index = opened) {
            for (int round = 0; round < 2; round++) {
                search(index, query);
                for (long id = 0; id < 25; id++) {
                    long some = id * 11;
                    tolerated(() -> index.remove(some));
                    tolerated(() -> index.update(some + 1, other));
                    tolerated(() -> index.add(2000 + some, query));
                }
                tolerated(index::reclaim);
                tolerated(() -> index.save(folder.resolve("saved")));
            }
            search(index, query);
        }
    }

    private static void search(VectorIndex index, float[] query) throws IOException {
        SearchOptions options = SearchOptions.DEFAULT;
        IdSet some = IdSet.of(LongStream.range(0, ROWS).filter(id -> id % 3 > 0).toArray());
        tolerated(() -> assertThat(index.search(query, 5).size()).isLessThanOrEqualTo(5));
        tolerated(() -> index.search(query, ROWS));
        tolerated(() -> index.search(query, 2, options.withEffort(2).withFilter(some)));
        tolerated(() -> index.search(query, 2, options.withFilter(some)));
        tolerated(() -> index.search(query, 2, options.withExact(true)));
        tolerated(() -> index.searchWithin(query, 1, options));
        tolerated(() -> index.searchSelf(2, options.withEffort(5), (id, found) -> {}));
    }

    private void assertHarmless(byte[] bytes, String what) throws Exception {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        try {
            thread.submit(() -> {
                        exercise(file);
                        return null;
                    })
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("damage: " + what, e);
        }
    }

    private void assertFound(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        assertThatThrownBy(() -> {
                    try (VectorIndex index = Vicino.open(file)) {
                        index.verify(Progress.NONE);
                    }
                })
                .as(what)
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void aFileCutOffAnywhereIsRefused(String spec) throws IOException {
        Random random = Seeds.random();
        byte[] whole = save(spec, Metric.COSINE, ROWS);
        for (int i = 0; i < FLIPS; i++) {
            int length = random.nextInt(whole.length);
            Path file = Files.write(folder.resolve("damaged"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Vicino.open(file))
                    .as("first %s of %s bytes", length, whole.length)
                    .isInstanceOf(CorruptFileException.class);
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void aBitChangedAnywhereIsFoundAndHarmless(String spec) throws Exception {
        Random random = Seeds.random();
        byte[] whole = save(spec, Metric.L2, ROWS);
        for (int i = 0; i < FLIPS; i++) {
            byte[] bytes = whole.clone();
            int at = random.nextInt(bytes.length);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            assertFound(bytes, "byte " + at);
            assertHarmless(bytes, "byte " + at);
        }
    }

    /** Every section in turn, with numbers that are no slots, no counts and no layers, where the checksums do not tell. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 20", "1, 1", "1, 20", "2, 1", "2, 20", "3, 1", "3, 20", "4, 1", "4, 20", "5, 1", "5, 20"})
    void wrongNumbersInAnySectionAreHarmless(int spec, int every) throws Exception {
        Random random = Seeds.random();
        byte[] whole = save(SPECS.get(spec), Metric.DOT, ROWS);
        IndexBytes bytes = new IndexBytes(whole.clone());
        int[] numbers = {
            -1,
            0,
            1,
            2,
            5,
            63,
            ROWS - 1,
            ROWS,
            ROWS + 7,
            8000, // in the chunk of the rows, and no row
            70_000,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            0x7fc00000,
            0x7f800000
        };
        for (String name : bytes.sections()) {
            int entry = bytes.entry(name);
            int offset = (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_OFFSET);
            int length = (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_LENGTH);
            for (int round = 0; round < 8; round++) {
                int number = numbers[random.nextInt(numbers.length)];
                for (int at = 0; at + 4 <= length; at += 4) {
                    if (random.nextInt(every) == 0) {
                        bytes.buffer.putInt(offset + at, round % 2 == 0 ? number : random.nextInt(-1, ROWS + 1));
                    }
                }
                assertHarmless(bytes.array, name + ", " + number + " every " + every + ", round " + round);
                System.arraycopy(whole, offset, bytes.array, offset, length);
            }
        }
    }

    /** A tree of parents that is none. */
    @ParameterizedTest
    @FieldSource("GRAPHS")
    void parentsThatGoInCirclesAreHarmless(String spec) throws Exception {
        Random random = Seeds.random();
        IndexBytes bytes = new IndexBytes(save(spec, Metric.L2, ROWS));
        int offset = (int) bytes.buffer.getLong(bytes.entry("graph.parents") + IndexBytes.SECTION_OFFSET);
        for (int round = 0; round < 20; round++) {
            byte[] before = bytes.array.clone();
            for (int i = 0; i <= round; i++) {
                int slot = random.nextInt(ROWS);
                int other = random.nextInt(ROWS);
                if (bytes.buffer.getInt(offset + 4 * slot) >= 0 && bytes.buffer.getInt(offset + 4 * other) >= 0) {
                    bytes.buffer.putInt(offset + 4 * slot, other);
                    bytes.buffer.putInt(offset + 4 * other, slot);
                }
            }
            assertHarmless(bytes.array, "parents, round " + round);
            System.arraycopy(before, 0, bytes.array, 0, before.length);
        }
    }

    /** The header says anything at all, and its checksum is right. */
    @ParameterizedTest
    @FieldSource("SPECS")
    void aHeaderThatLiesIsHarmless(String spec) throws Exception {
        Random random = Seeds.random();
        byte[] whole = save(spec, Metric.L2, 40);
        for (int round = 0; round < 150; round++) {
            IndexBytes bytes = new IndexBytes(whole.clone());
            int headerLength = bytes.buffer.getInt(IndexBytes.HEADER_LENGTH);
            int at = IndexBytes.FILE_LENGTH + random.nextInt(headerLength - IndexBytes.FILE_LENGTH);
            bytes.array[at] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : "0123456789,()=".charAt(random.nextInt(14)));
            Path file = bytes.seal().write(folder.resolve("lying"));
            try (VectorIndex index = Vicino.open(file)) {
                float[] query = new float[index.dimension()];
                index.search(query, 3);
                if (index instanceof LiveIndex live) {
                    live.remove(3);
                    query[0] = 1;
                    live.update(5, query);
                }
            } catch (CorruptFileException | IllegalArgumentException | IllegalStateException e) {
                assertThat(e.getMessage()).as("byte %s", at).isNotBlank();
            }
        }
    }
}
