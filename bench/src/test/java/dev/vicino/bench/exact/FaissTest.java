package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that searches with FAISS, where FAISS is installed. */
class FaissTest {
    private static final String PYTHON = "python3";

    @TempDir
    private Path folder;

    @BeforeAll
    static void skipWithoutFaiss() {
        if (!isInstalled()) {
            System.out.println("FaissTest is skipped: python3 with faiss and numpy is not installed");
            abort();
        }
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import faiss, numpy")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyKindAnswersAsWeDo() throws IOException {
        DataSet data = Samples.data(folder);
        try (Child faiss = Faiss.start(PYTHON);
                Searcher ours = Samples.plain(data)) {
            assertThat(faiss.version()).startsWith("FAISS ");
            for (String kind : List.of(Faiss.FLAT, Faiss.FLAT_PRODUCT, Faiss.PANORAMA)) {
                try (Searcher searcher = ChildSearcher.load(faiss, Faiss.label(kind), kind, data, false)) {
                    for (Call call : List.of(Call.single(20, 10), new Call(120, 60, 100, 1))) {
                        assertThat(ours.answers(call).mismatches(searcher.answers(call)))
                                .as("%s, %s", kind, call)
                                .isZero();
                        assertThat(searcher.seconds(call, 2)).isPositive();
                    }
                }
            }
        }
    }

    @Test
    void anIndexIsGoneOnceItIsClosed() throws IOException {
        DataSet data = Samples.data(folder);
        try (Child faiss = Faiss.start(PYTHON)) {
            Searcher flat = ChildSearcher.load(faiss, "flat", Faiss.FLAT, data, false);
            Searcher product = ChildSearcher.load(faiss, "product", Faiss.FLAT_PRODUCT, data, false);
            flat.close();

            assertThat(product.answers(Call.batch(20, 10)).ids()).hasDimensions(20, 10);
            assertThatThrownBy(() -> flat.answers(Call.batch(20, 10))).hasMessageContaining("flat@generated");
        }
    }

    @Test
    void errorsOfTheScriptAreTold() throws IOException {
        try (Child faiss = Faiss.start(PYTHON)) {
            assertThatThrownBy(() -> faiss.request("dance")).hasMessageContainingAll("FAISS", "command = dance");
            assertThatThrownBy(() -> faiss.request("load", "a", "b", "no-such-file", "no-such-file"))
                    .hasMessageContaining("no-such-file");
            assertThat(faiss.memory().anonymousBytes()).isGreaterThanOrEqualTo(0);
        }
    }
}
