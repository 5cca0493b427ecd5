package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.Progress;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Saving: whole or not at all, and never under the feet of who has the older file open. */
@ExtendWith(Seeds.class)
final class SaveTest {
    private static final int D = 64;

    @TempDir
    private Path folder;

    private Path file;
    private VectorIndex index;

    @BeforeEach
    void build() {
        file = folder.resolve("index");
        // More than two blocks of the writer, so that a save can fail in the middle of a section.
        index = index(9000);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static VectorIndex index(int n) {
        return Vicino.index(ExactSearchTest.vectors(Seeds.realRows(Seeds.random(), n, D), D))
                .build();
    }

    private void assertFolderHasOnly(Path... files) throws IOException {
        try (var listing = Files.list(folder)) {
            assertThat(listing).containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void leavesNothingWhereItCannotWrite() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("a file"), "");
        Path full = Files.createDirectory(folder.resolve("a folder"));
        Files.writeString(full.resolve("content"), "");
        for (Path target : new Path[] {
            folder.resolve("missing").resolve("index"), inTheWay.resolve("index"), full, folder.resolve("x".repeat(300))
        }) {
            assertThatThrownBy(() -> index.save(target))
                    .as("%s", target)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(target.getFileName().toString());
            assertFolderHasOnly(inTheWay, full);
            assertThat(index.search(new float[D], 3).size()).isEqualTo(3);
        }
    }

    /** Whenever the caller hears of a failure, the older file is as it was. */
    @Test
    void leavesTheOlderFileWhereverItFails() throws IOException {
        byte[] old = "what was there before".getBytes(StandardCharsets.UTF_8);
        Files.write(file, old);
        boolean failed = true;
        int updates = 0;
        while (failed) {
            AtomicInteger left = new AtomicInteger(updates++);
            Progress failing = (done, total) -> {
                if (left.getAndDecrement() == 0) {
                    throw new IllegalStateException("stop");
                }
            };
            try {
                index.save(file, failing);
                failed = false;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("stop");
                assertThat(Files.readAllBytes(file))
                        .as("after %s updates", updates)
                        .isEqualTo(old);
            }
            assertFolderHasOnly(file);
        }
        assertThat(updates).as("updates, of several blocks").isGreaterThan(4);
        assertOpensAs(index);
    }

    private void assertOpensAs(VectorIndex expected) throws IOException {
        try (VectorIndex opened = Vicino.open(file)) {
            opened.verify(Progress.NONE);
            IndexFileTest.assertSameAnswers(opened, expected, Seeds.random());
        }
    }

    @Test
    void leavesTheOlderFileWhenTheNewOneVanishes() throws IOException {
        Files.writeString(file, "old");
        Progress deleting = (done, total) -> {
            try (var listing = Files.list(folder)) {
                for (Path path : listing.filter(path -> !path.equals(file)).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
        assertThatThrownBy(() -> index.save(file, deleting)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
        assertFolderHasOnly(file);
    }

    @Test
    void keepsAnOpenFileReadable() throws IOException {
        index.save(file);
        try (VectorIndex open = Vicino.open(file);
                VectorIndex other = index(100)) {
            other.save(file);
            open.verify(Progress.NONE);
            IndexFileTest.assertSameAnswers(open, index, Seeds.random());
            assertOpensAs(other);
        }
        assertFolderHasOnly(file);
    }

    @Test
    void savesAnOpenFileOverItself() throws IOException {
        index.save(file);
        try (VectorIndex open = Vicino.open(file)) {
            open.save(file);
            open.verify(Progress.NONE);
            IndexFileTest.assertSameAnswers(open, index, Seeds.random());
            assertOpensAs(index);
        }
        assertFolderHasOnly(file);
    }

    /** Opening sees one file or the other, never the header of one over the sections of the other. */
    @Test
    void replacingAFileWhileItIsOpenedGivesOneOfBoth() throws Exception {
        Path small = folder.resolve("small");
        Path large = folder.resolve("large");
        try (VectorIndex other = index(10)) {
            other.save(small);
        }
        index.save(large);
        Files.copy(small, file);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> replacing = executor.submit(() -> {
                for (int i = 0; !done.get(); i++) {
                    Path link = Files.createLink(folder.resolve("link"), i % 2 == 0 ? large : small);
                    Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
                return null;
            });
            try {
                for (int i = 0; i < 1000 && !replacing.isDone(); i++) {
                    try (VectorIndex opened = Vicino.open(file)) {
                        assertThat(opened.size()).isIn(10, 9000);
                        assertThat(opened.bytesDisk()).isEqualTo(Files.size(opened.size() == 10 ? small : large));
                        assertThat(opened.search(new float[D], 3).ids()).containsExactly(0, 1, 2);
                    }
                }
            } finally {
                done.set(true);
            }
            replacing.get();
        }
    }
}
