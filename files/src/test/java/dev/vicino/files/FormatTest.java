package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
    @ParameterizedTest
    @EnumSource
    void theEndingTellsTheFormatInEitherCase(Format format) {
        assertThat(Format.of(Path.of("folder.npy", "base." + format.label()))).isEqualTo(format);
        assertThat(Format.of(Path.of("BASE." + format.name()))).isEqualTo(format);
        assertThat(Format.parse(format.label())).isEqualTo(format);
    }

    @Test
    void anUnknownEndingNamesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.of(Path.of("base.csv")))
                .withMessage(
                        "file = base.csv, expected a name that ends in one of .fvecs, .bvecs, .ivecs, .npy, .jsonl");
        assertThatIllegalArgumentException().isThrownBy(() -> Format.of(Path.of("npy")));
    }

    @Test
    void anUnknownLabelNamesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.parse("csv"))
                .withMessage("format = csv, expected one of fvecs, bvecs, ivecs, npy, jsonl");
    }
}
