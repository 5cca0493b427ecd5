package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<String> HEAD = List.of("name", "", "ratio");

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(Table.lines(HEAD, Stream.of(List.of("a", "12.5", "2"), List.of("longer", "3", ""))))
                .containsExactly("name          ratio", "a       12.5  2", "longer  3");
    }

    @Test
    void withoutRowsThereIsNoTable() {
        assertThat(Table.lines(HEAD, Stream.of())).isEmpty();
    }
}
