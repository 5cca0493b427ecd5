package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.advise.Machine.Rates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rates, as they are measured and as they are kept. */
final class MachineTest {
    private static final Rates RATES = new Rates(2e10, 5e10, 119.5);

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsFound() throws Exception {
        Path file = folder.resolve(RatesFile.NAME);
        RatesFile.write(file, RATES);
        assertThat(RatesFile.read(file)).contains(RATES);
        assertThat(RatesFile.once(folder)).isEqualTo(RATES);
    }

    @Test
    void whatIsMissingDamagedOrOfAnotherJavaIsMeasuredAnew() throws Exception {
        Path file = folder.resolve(RatesFile.NAME);
        assertThat(RatesFile.read(file)).isEmpty();
        RatesFile.write(file, RATES);
        String text = Files.readString(file);
        for (String damaged : new String[] {
            text.replace("119.5", "none"),
            text.replace("119.5", "-1"),
            text.replace("119.5", "Infinity"),
            text.replaceAll("readBytes.*", ""),
            text.replaceAll("of=.*", "of=another machine"),
            "\\u00",
            ""
        }) {
            Files.writeString(file, damaged);
            assertThat(RatesFile.read(file)).as(damaged).isEmpty();
        }
        Rates measured = RatesFile.once(folder);
        assertThat(RatesFile.read(file)).contains(measured);
    }

    @Test
    void aFolderThatCannotBeIsNoError() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(RatesFile.once(file.resolve("below")).readBytes()).isPositive();
    }

    @Test
    void thisMachineIsMeasuredOnce() {
        Machine here = Machine.here(null);
        assertThat(Machine.here(folder)).isEqualTo(here);
        assertThat(here.cores()).isPositive();
        assertThat(Long.bitCount(here.pageBytes())).isEqualTo(1);
        assertThat(here.memoryBytes()).isNotNegative();
    }

    @Test
    void ratesAreAboveNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rates(1, 0, 1))
                .withMessageContaining("multiplyAdds = 0.0");
    }
}
