package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorWriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"NPY", "FVECS"})
    void closingWithoutACommitLeavesNothing(Format format) throws IOException {
        Path file = folder.resolve("rows." + format.label());
        try (VectorWriter writer = VectorFiles.create(file, format, 2)) {
            writer.write(new float[] {1, 2});
        }
        assertThat(Samples.names(folder)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NPY", "FVECS"})
    void anOlderFileStaysUntilTheCommit(Format format) throws IOException {
        Path file = folder.resolve("rows." + format.label());
        Samples.write(file, format, new float[][] {{1, 2}});
        try (VectorWriter writer = VectorFiles.create(file, format, 3)) {
            writer.write(new float[] {3, 4, 5});
            assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{1, 2}});
            writer.commit();
        }
        assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{3, 4, 5}});
        assertThat(Samples.names(folder)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NPY", "FVECS"})
    void aRowRefusedIsNotWritten(Format format) throws IOException {
        Path file = folder.resolve("rows." + format.label());
        try (VectorWriter writer = VectorFiles.create(file, format, 2)) {
            writer.write(new float[] {1, 2});
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(new float[] {1, 2, 3}))
                    .withMessage("row.length = 3, expected the dimension 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(new float[] {1, Float.NaN}))
                    .withMessage("row 1, column 1 = NaN, expected a finite number");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(new float[] {Float.NEGATIVE_INFINITY, 1}))
                    .withMessage("row 1, column 0 = -Infinity, expected a finite number");
            writer.write(new float[] {3, 4});
            writer.commit();
        }
        assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
    }

    @ParameterizedTest
    @EnumSource(names = {"NPY", "FVECS"})
    void nothingIsWrittenAfterTheCommit(Format format) throws IOException {
        Path file = folder.resolve("rows." + format.label());
        try (VectorWriter writer = VectorFiles.create(file, format, 1)) {
            writer.write(new float[] {1});
            writer.commit();
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.write(new float[] {2}))
                    .withMessage(file + " is already committed or closed, expected it to be open");
        }
        assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{1}});
    }

    @Test
    void anFvecsOfNoRowsIsRefused() throws IOException {
        Path file = folder.resolve("none.fvecs");
        try (VectorWriter writer = VectorFiles.create(file, Format.FVECS, 3)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(writer::commit)
                    .withMessage(
                            file + ": no rows to write, expected at least one: only npy holds a collection of none");
        }
        assertThat(Samples.names(folder)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BVECS", "IVECS", "JSONL"})
    void formatsThatVectorsAreNotWrittenInAreRefused(Format format) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorFiles.create(folder.resolve("rows"), format, 3))
                .withMessage("format = " + format.label() + ", expected one that vectors are written in: npy, fvecs");
        assertThat(Samples.names(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537})
    void dimensionsOutOfRangeAreRefused(int dimension) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VectorFiles.create(folder.resolve("rows.npy"), Format.NPY, dimension))
                .withMessage("dimension = " + dimension + ", expected 1 to 65536");
        assertThat(Samples.names(folder)).isEmpty();
    }

    @Test
    void foldersAreRefusedAsFiles() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("folder.npy"));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> VectorFiles.open(inside))
                .withMessage(inside + " is a folder, expected a file");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> VectorFiles.open(inside, Format.JSONL))
                .withMessage(inside + " is a folder, expected a file");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> VectorFiles.create(inside, Format.NPY, 3));
    }
}
