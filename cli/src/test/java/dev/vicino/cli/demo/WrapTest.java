package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrapTest {
    @Test
    void breaksAtTheLastSpaceThatFits() {
        assertThat(Wrap.lines("one two three", 7)).containsExactly("one two", "three");
        assertThat(Wrap.lines("one two three", 8)).containsExactly("one two", "three");
        assertThat(Wrap.lines("one two three", 6)).containsExactly("one", "two", "three");
    }

    @Test
    void aTextThatFitsIsOneLine() {
        assertThat(Wrap.lines("one two", 7)).containsExactly("one two");
        assertThat(Wrap.lines("", 7)).containsExactly("");
    }

    @Test
    void breaksAWordThatIsLongerThanALine() {
        assertThat(Wrap.lines("abcdefgh ij", 3)).containsExactly("abc", "def", "gh", "ij");
    }

    @Test
    void refusesAWidthWithoutRoom() {
        assertThatThrownBy(() -> Wrap.lines("text", 0)).hasMessage("width = 0, expected at least 1");
    }
}
