package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DrugCorpusTest {
    private final Corpus corpus = new DrugCorpus();

    @Test
    void hasSomeHundredDrugsEachOnce() throws IOException {
        List<Entry> entries = corpus.entries(Progress.NONE);

        assertThat(entries).hasSizeGreaterThanOrEqualTo(190);
        assertThat(entries).extracting(Entry::source).doesNotHaveDuplicates();
        assertThat(entries).extracting(Entry::text).doesNotHaveDuplicates();
    }

    @Test
    void everyFactIsOneSentenceAboutItsDrug() throws IOException {
        for (Entry entry : corpus.entries(Progress.NONE)) {
            assertThat(entry.text().toLowerCase(Locale.ROOT)).startsWith(entry.source());
            assertThat(entry.text()).matches("[A-Z][^.!?]*\\.");
        }
    }

    @Test
    void asksThreeQuestions() {
        assertThat(corpus.questions()).hasSize(3).contains("Which drug lowers blood sugar?");
    }
}
