package dev.vicino.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear whole or not at all. */
final class AtomicFileTest {
    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void nameTarget() {
        target = folder.resolve("target.bin");
    }

    private static void write(AtomicFile file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.channel().write(bytes);
        }
    }

    private void assertFolderHasOnly(Path... files) throws IOException {
        try (var listing = Files.list(folder)) {
            assertThat(listing).containsExactlyInAnyOrder(files);
        }
    }

    @Test
    void appearsOnCommit() throws IOException {
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
            assertThat(target).doesNotExist();
            assertThat(file.temporary()).exists().hasParent(folder);
            file.commit();
            assertThat(target).hasContent("new");
        }
        assertThat(target).hasContent("new");
        assertFolderHasOnly(target);
    }

    @Test
    void leavesNothingWithoutACommit() throws IOException {
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
        }
        assertFolderHasOnly();
    }

    @Test
    void keepsAnOlderFileUntilTheCommit() throws IOException {
        Files.writeString(target, "old");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
            assertThat(target).hasContent("old");
        }
        assertThat(target).hasContent("old");
        assertFolderHasOnly(target);
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
            file.commit();
        }
        assertThat(target).hasContent("new");
        assertFolderHasOnly(target);
    }

    @Test
    void leavesTheOlderFileWhenTheWriterFails() throws IOException {
        Files.writeString(target, "old");
        assertThatThrownBy(() -> {
                    try (AtomicFile file = AtomicFile.create(target)) {
                        write(file, "half");
                        throw new IllegalStateException("writer failed");
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("writer failed");
        assertThat(target).hasContent("old");
        assertFolderHasOnly(target);
    }

    @Test
    void leavesNothingWhenTheCommitFails() throws IOException {
        assertThatThrownBy(() -> {
                    try (AtomicFile file = AtomicFile.create(target)) {
                        write(file, "new");
                        Files.createDirectory(target);
                        Files.writeString(target.resolve("in the way"), "");
                        file.commit();
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(target).isDirectory();
        assertFolderHasOnly(target);
    }

    @Test
    void closingTwiceDoesNothing() throws IOException {
        AtomicFile file = AtomicFile.create(target);
        write(file, "new");
        file.commit();
        file.close();
        file.close();
        assertThat(target).hasContent("new");
        AtomicFile dropped = AtomicFile.create(target);
        dropped.close();
        dropped.close();
        assertFolderHasOnly(target);
    }

    @Test
    void twoWritersOfOneTargetDoNotDisturbEachOther() throws IOException {
        try (AtomicFile first = AtomicFile.create(target);
                AtomicFile second = AtomicFile.create(target)) {
            write(first, "first");
            write(second, "second");
            second.commit();
            assertThat(target).hasContent("second");
            first.commit();
        }
        assertThat(target).hasContent("first");
        assertFolderHasOnly(target);
    }

    @Test
    void takesANameWithoutAFolder() throws IOException {
        Path bare = Path.of("vicino-atomic-file-test.bin");
        try (AtomicFile file = AtomicFile.create(bare)) {
            assertThat(file.temporary().getParent()).isEqualTo(Path.of("").toAbsolutePath());
        }
        assertThat(bare).doesNotExist();
    }

    @Test
    void refusesAFolderAsTarget() throws IOException {
        assertThatThrownBy(() -> AtomicFile.create(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("is a folder");
        assertFolderHasOnly();
    }

    @Test
    void refusesAFolderThatIsNotThere() throws IOException {
        Path nowhere = folder.resolve("missing");
        assertThatThrownBy(() -> AtomicFile.create(nowhere.resolve("target.bin")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("does not exist");
        assertFolderHasOnly();
    }

    @Test
    void refusesANameThatTheSystemCannotHold() throws IOException {
        assertThatThrownBy(() -> AtomicFile.create(folder.resolve("x".repeat(300))))
                .isInstanceOf(IOException.class);
        assertFolderHasOnly();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such rights there")
    void keepsTheRightsOfTheFileItReplaces() throws IOException {
        Files.writeString(target, "secret");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "secret too");
            file.commit();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no such rights there")
    void givesANewFileTheUsualRights() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        try (AtomicFile file = AtomicFile.create(target)) {
            file.commit();
        }
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void tellsWhereAFileIsCorrupt() {
        assertThat(new CorruptFileException(target, 12, "field", 3, "1..2"))
                .isInstanceOf(IOException.class)
                .hasMessage(target + ": at byte 12, field is 3, expected 1..2");
    }
}
