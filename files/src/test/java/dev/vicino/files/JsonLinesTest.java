package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
    private static final String FORMS = "an array of numbers, or an object with one as vector, embedding or values";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"values\": [9], \"embedding\": [8], \"vector\": [1, 2]}",
                "{\"vector\": [1, 2], \"embedding\": [8], \"values\": [9]}",
                "{\"vector\": \"none\", \"embedding\": [1, 2]}",
                "{\"payload\": {\"vector\": [7, 7]}, \"tags\": [[1], {}], \"values\": [1, 2.0]}",
                "[1e0,20E-1]",
                "\uFEFF[1, 2]"
            })
    void theFirstNamedFieldCountsAndOthersArePassedOver(String line) throws IOException {
        assertThat(Samples.readAll(lines(line))).isDeepEqualTo(new float[][] {{1, 2}});
    }

    @Test
    void blankLinesAndAMissingLastLineFeedDoNotMatter() throws IOException {
        assertThat(Samples.readAll(lines("\n \r\n\t\n[1,2]\n\n\n  [3,4]\r\n\r\n[5,6]")))
                .isDeepEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    }

    @Test
    void linesLongerThanTheBufferAreRead() throws IOException {
        String text = "x".repeat(3_000_000);
        Path file = lines("[1]\n{\"text\": \"%s\", \"vector\": [2]}\n[3]\n"
                .formatted(text)
                .repeat(2));
        assertThat(Samples.readAll(file)).isDeepEqualTo(new float[][] {{1}, {2}, {3}, {1}, {2}, {3}});
    }

    @Test
    void aLineWithoutEndIsRefused() throws IOException {
        assertRefused("[1]\n" + " 1".repeat(9 << 20), 4, "line 2 is over 16777216 bytes long, expected a shorter line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \n\r\n\t"})
    void aBlankFileHasNoRows(String text) throws IOException {
        assertRefused(text, 0, "the file is blank: it has no rows, expected at least one row");
    }

    @Test
    void anotherDimensionIsRefusedWithItsLine() throws IOException {
        assertRefused(
                "[1,2]\n\n[3,4]\n[5]\n",
                13,
                "line 4 (row 2) is 1 numbers long, expected 2, the dimension of the first row");
        assertRefused("[1,2]\n[3,4,5]", 6, "line 2 (row 1) is 3 numbers long, expected 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NaN | NaN",
                "Infinity | Infinity",
                "-Infinity | -Infinity",
                "1e39 | 1e39",
                "-4e38 | -4e38",
                "1e999999999 | 1e999999999",
                "\"3\" | 3",
                "null | null",
                "true | true",
                "[3] | [",
                "{} | {"
            })
    void whatIsNoFiniteNumberIsRefusedByLineRowAndColumn(String value, String found) throws IOException {
        assertRefused(
                "[1,2,3]\n\n[4, 5, " + value + "]\n",
                16,
                "line 3 (row 1), column 2 is " + found + ", expected a finite number that a float32 holds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\": 1}", "{}", "3", "\"text\"", "null", "{\"vector\": {\"a\": [1]}}", "{\"vector\": 3}"})
    void aLineWithoutAVectorIsRefused(String line) throws IOException {
        assertRefused("[1]\n" + line + "\n", 4, "line 2 (row 1) is \"" + line + "\", expected " + FORMS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2 | 6",
                "[1, 2}] | 5",
                "[1,,2] | 3",
                "{\"vector\": [1, 2] | 17",
                "{\"vector\": [1, 2], | 18",
                "[1 2] | 3",
                "[01] | 2",
                "[1.] | 3",
                "[0x1] | 2",
                "x | 1",
                "] | 0"
            })
    void brokenJsonIsRefusedWhereItBreaks(String line, int at) throws IOException {
        Path file = lines("[1]\n" + line + "\n[3]\n");
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(file))
                .withMessageMatching(
                        "(?s)\\Q" + file + "\\E: at byte (" + (4 + at - 1) + "|" + (4 + at) + "|" + (4 + at + 1)
                                + "), line 2 \\(row 1\\) is \"\\Q" + line + "\\E\" .*, expected JSON on one line");
    }

    @Test
    void aSecondValueOnALineIsRefused() throws IOException {
        assertRefused("[1] [2]\n", 4, "line 1 (row 0) is followed by [, expected one value a line");
        assertRefused("{\"vector\":[1]} 7\n", 15, "line 1 (row 0) is followed by 7, expected one value a line");
    }

    @Test
    void vectorsWithoutNumbersOrWithTooManyAreRefused() throws IOException {
        assertRefused("[]\n", 1, "line 1 (row 0) is an empty array, expected 1 to 65536 numbers");
        String many = "[" + "0,".repeat(65_536) + "0]";
        assertRefused(many, 1 + 2 * 65_536, "line 1 (row 0) is over 65536 numbers, expected 1 to 65536");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("rows.jsonl"), new byte[] {'[', '1', ']', '\n', '{', '"', (byte) 0xff, '"', '\n'});
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(file))
                .withMessageContaining("line 2 (row 1)");
        Path utf32 = Files.write(folder.resolve("rows.jsonl"), new byte[] {0, 0, 0, '[', 0x7f, 0, 0, 0});
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(utf32))
                .withMessageContaining("line 1 (row 0)");
    }

    private Path lines(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), text);
    }

    private void assertRefused(String text, long offset, String message) throws IOException {
        Path file = lines(text);
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(file))
                .withMessageStartingWith(file + ": at byte " + offset + ", " + message);
    }
}
