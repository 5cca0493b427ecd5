package dev.vicino.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.vicino.io.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiniLmTest {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());
    private static final String RERUN = "rerun with -Dvicino.seed=" + SEED;

    private static final List<String> SENTENCES = List.of(
            "Returns the number of elements in this list.",
            "Metformin lowers blood sugar in people with type 2 diabetes.",
            "A short one.",
            "The quick brown fox jumps over the lazy dog while the sun sets slowly behind the old stone bridge.",
            "List.subList: Returns a view of the portion of this list between fromIndex, inclusive, and toIndex, exclusive.",
            "x");

    private static MiniLm model;

    @BeforeAll
    static void load() throws Exception {
        model = MiniLm.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n ",
                "word",
                "Über Größe, naïve café",
                "東京は日本の首都です。",
                "مرحبا بالعالم",
                "🦊 jumps over 🐶",
                "e\u0301 and \u00e9",
                "nul \u0000 inside",
                "half a pair \ud83e of surrogates"
            })
    void anyTextHasAVectorOf384FiniteValuesAndUnitNorm(String text) {
        assertUnit(model.embed(text));
    }

    @Test
    void agreesWithTheModelOfLangChain4j() {
        var reference = new AllMiniLmL6V2QuantizedEmbeddingModel();

        for (String text : SENTENCES) {
            float[] expected = reference.embed(text).content().vector();
            assertThat(cosine(model.embed(text), expected)).as(text).isGreaterThan(1 - 1e-3);
        }
    }

    @Test
    void likeMeaningsAreNearerThanOtherOnes() {
        float[] cat = model.embed("A cat sleeps on the sofa.");

        double kitten = cosine(cat, model.embed("A kitten is napping on the couch."));
        double tax = cosine(cat, model.embed("The tax return is due in April."));

        assertThat(kitten).isGreaterThan(tax + 0.3);
    }

    @Test
    void aTextHasTheSameVectorAloneAndInAnyCompany() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            texts.add(SENTENCES.get(i % SENTENCES.size()) + " ".repeat(i) + "and so on ".repeat(i % 7));
        }
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(SEED));

        float[][] rows = model.embedAll(texts, Progress.NONE);
        float[][] others = model.embedAll(shuffled, Progress.NONE);

        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            assertThat(rows[i]).as("row %d, %s", i, RERUN).containsExactly(model.embed(text), within(1e-5f));
            assertThat(others[shuffled.indexOf(text)])
                    .as("row %d shuffled, %s", i, RERUN)
                    .containsExactly(rows[i], within(1e-5f));
        }
    }

    @Test
    void progressCountsEveryText() {
        var heard = new ArrayList<Long>();
        List<String> texts = IntStream.range(0, 25).mapToObj(i -> "text " + i).toList();

        model.embedAll(texts, (done, total) -> {
            assertThat(total).isEqualTo(25);
            heard.add(done);
        });

        assertThat(heard).hasSize(25).isSorted().endsWith(25L);
    }

    @Test
    void noTextsHaveNoRows() {
        assertThat(model.embedAll(List.of(), Progress.NONE)).isEmpty();
    }

    @Test
    void ofALongTextTheBeginningCounts() {
        String beginning = "The heart pumps blood through the body. ".repeat(60);

        float[] vector = model.embed(beginning);

        assertUnit(vector);
        assertThat(model.embed(beginning + "Taxes are due in April. ".repeat(10_000)))
                .containsExactly(vector, within(1e-5f));
    }

    @Test
    void aClosedModelSaysSo() throws Exception {
        var closed = MiniLm.load();
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.embed("text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the text model is closed");
        assertUnit(model.embed("the other one goes on"));
    }

    private static void assertUnit(float[] vector) {
        assertThat(vector).hasSize(model.dimension()).hasSize(384);
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(aa * bb);
    }
}
