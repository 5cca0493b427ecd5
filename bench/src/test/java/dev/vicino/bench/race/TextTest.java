package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void figuresAreWrittenTheSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Text.text("%,.1f", 1234.5)).isEqualTo("1,234.5");
        } finally {
            Locale.setDefault(before);
        }
    }
}
