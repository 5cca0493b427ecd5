package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    private Path folder;

    @Test
    void theFolderAskedForMustHaveBothFiles() throws IOException {
        assertThatThrownBy(() -> Sources.sentences(folder)).isInstanceOf(NoSuchFileException.class);
        Files.createFile(folder.resolve(DataFolder.BASE));
        assertThatThrownBy(() -> Sources.sentences(folder)).isInstanceOf(NoSuchFileException.class);
        Files.createFile(folder.resolve(DataFolder.QUERIES));

        assertThat(Sources.sentences(folder)).isEqualTo(folder);
    }

    @Test
    void theCacheIsAFolderOfOurOwn() {
        assertThat(Sources.cache()).isAbsolute().endsWithRaw(Path.of("vicino", "bench"));
    }
}
