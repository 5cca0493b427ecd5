package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    private static final List<Entry> ENTRIES = List.of(new Entry("a", "An A."), new Entry("b", "A B."));

    @TempDir
    private Path folder;

    private Shelf shelf;

    @BeforeEach
    void shelf() throws IOException {
        shelf = Shelf.of(folder.resolve("not").resolve("yet"), new DrugCorpus(), "model");
    }

    @Test
    void anEmptyShelfHasNoLibrary() throws IOException {
        assertThat(shelf.open()).isNull();
    }

    @Test
    void whatWasPutThereIsOpened() throws IOException {
        put(ENTRIES);

        try (Library library = shelf.open()) {
            assertThat(library.entries()).isEqualTo(ENTRIES);
            assertThat(library.index().search(new float[] {0, 1}, 1).id(0)).isEqualTo(1);
        }
    }

    @Test
    void aLibraryTakesThePlaceOfAnother() throws IOException {
        put(ENTRIES);
        put(ENTRIES.reversed());

        try (Library library = shelf.open()) {
            assertThat(library.entries()).isEqualTo(ENTRIES.reversed());
        }
    }

    @Test
    void corpusAndModelHaveShelvesOfTheirOwn() throws IOException {
        assertThat(shelf.folder().getFileName().toString()).matches("drugs-[0-9a-f]{12}");
        assertThat(Shelf.of(shelf.folder().getParent(), new DrugCorpus(), "model"))
                .isEqualTo(shelf);
        assertThat(Shelf.of(shelf.folder().getParent(), new DrugCorpus(), "other"))
                .isNotEqualTo(shelf);
    }

    @Test
    void anIndexWithoutTextsIsNoLibrary() throws IOException {
        put(ENTRIES);
        Files.delete(texts());

        assertThat(shelf.open()).isNull();
    }

    @Test
    void damageIsNoticedInTheLastByteOfEitherFile() throws IOException {
        for (Path file : List.of(texts(), index())) {
            put(ENTRIES);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);

            assertThatThrownBy(() -> shelf.open())
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void textsOfAnotherNumberThanVectorsAreNoticed() throws IOException {
        put(ENTRIES);
        EntryFile.write(texts(), ENTRIES.subList(0, 1));

        assertThatThrownBy(() -> shelf.open())
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("number of vectors is 2, expected 1");
    }

    private void put(List<Entry> entries) throws IOException {
        VectorIndex index =
                Vicino.index(Vectors.of(new float[] {1, 0}, new float[] {0, 1})).build();
        try (var library = new Library(entries, index)) {
            shelf.put(library);
        }
    }

    private Path texts() {
        return shelf.folder().resolve("texts.tsv");
    }

    private Path index() {
        return shelf.folder().resolve("index.vicino");
    }
}
