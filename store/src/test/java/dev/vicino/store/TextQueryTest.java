package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.Metric;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts in the place of vectors, by a model that counts two letters. */
final class TextQueryTest {
    private static final CollectionSettings LETTERS = CollectionSettings.of(2, Metric.COSINE);
    private static final SearchRequest ANNA = SearchRequest.of(new Query.NearestText("anna"), 1);

    @TempDir
    Path folder;

    private static float[] letters(String text) {
        return new float[] {count(text, 'a'), count(text, 'n')};
    }

    private static long count(String text, char letter) {
        return text.chars().filter(each -> each == letter).count();
    }

    @Test
    void aTextIsSearchedByItsVector() throws IOException {
        try (Database database = Database.open(folder, TextQueryTest::letters)) {
            Collection words = database.create("words", LETTERS);
            words.upsert(
                    List.of(Point.of(1, letters("banana")), Point.of(2, letters("nanny")), Point.of(3, letters("an"))));
            assertThat(words.search(ANNA).points())
                    .singleElement()
                    .matches(found -> found.id().equals(PointId.of(3)) && Math.abs(found.score() - 1) < 1e-6);
        }
    }

    @Test
    void aTextIsRefusedWithoutAModelOrOfAnotherDimension() throws IOException {
        try (Database database = Database.open(folder)) {
            Collection words = database.create("words", LETTERS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> words.search(ANNA))
                    .withMessageContaining("no model");
        }
        try (Database database = Database.open(folder, _ -> new float[3])) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.collection("words").search(ANNA))
                    .withMessageContaining("3 dense values");
        }
    }
}
