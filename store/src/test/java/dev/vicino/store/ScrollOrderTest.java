package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.search.Part;
import dev.vicino.store.settings.IndexKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Points in the order of a field: an index says the same as all payloads do, whatever values there are. */
@ExtendWith(Seeds.class)
final class ScrollOrderTest {
    private static final int POINTS = 200;
    private static final Map<String, IndexKind> KINDS = Map.of(
            "whole",
            IndexKind.INTEGER,
            "real",
            IndexKind.FLOAT,
            "when",
            IndexKind.DATETIME,
            "mixed",
            IndexKind.INTEGER);

    @TempDir
    Path folder;

    private static ObjectNode payload(Random random) {
        ObjectNode payload = Model.payload(random);
        fill(payload.putArray("whole"), random, () -> JsonNodeFactory.instance.numberNode(random.nextInt(30)));
        fill(payload.putArray("real"), random, () -> JsonNodeFactory.instance.numberNode(random.nextInt(30) / 4.0));
        fill(
                payload.putArray("when"),
                random,
                () -> JsonNodeFactory.instance.textNode(
                        Instant.ofEpochSecond(random.nextInt(30)).toString()));
        fill(payload.putArray("mixed"), random, () -> JsonNodeFactory.instance.numberNode(random.nextInt(60) / 2.0));
        return payload;
    }

    private interface Value {
        JsonNode next();
    }

    private static void fill(ArrayNode array, Random random, Value value) {
        for (int i = random.nextInt(3); i > 0; i--) {
            array.add(value.next());
        }
    }

    /** What is asked for. */
    private record Question(
            String path, boolean descending, @Nullable Double from, int limit, Filter filter) {
        static Question any(Random random) {
            List<String> paths = KINDS.keySet().stream().sorted().toList();
            return new Question(
                    paths.get(random.nextInt(paths.size())),
                    random.nextBoolean(),
                    random.nextBoolean() ? null : random.nextInt(60) / 2.0,
                    1 + random.nextInt(POINTS),
                    random.nextBoolean() ? Filter.ALL : Filter.must(Condition.match("color", "red")));
        }

        List<PointId> answer(Collection points) throws IOException {
            return points.scrollBy(JsonPath.parse(path), descending, from, limit, filter, Part.NONE).stream()
                    .map(StoredPoint::id)
                    .toList();
        }
    }

    @Test
    void anIndexSaysWhatPayloadsSay() throws IOException {
        Random random = Seeds.random();
        try (Database database = Database.open(folder)) {
            Collection points = database.create("points", Model.settings(100_000));
            for (int id = 0; id < POINTS; id++) {
                points.upsert(List.of(Point.of(id, 0, 0, 0, 0).withPayload(payload(random))));
            }
            List<Question> questions = new ArrayList<>();
            List<List<PointId>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                questions.add(Question.any(random));
                answers.add(questions.getLast().answer(points));
            }
            assertThat(answers).anyMatch(answer -> answer.size() > 20);
            for (Map.Entry<String, IndexKind> kind : KINDS.entrySet()) {
                points.createPayloadIndex(kind.getKey(), kind.getValue());
            }
            Waiting.until("indexes", () -> !points.status().building());
            for (int i = 0; i < questions.size(); i++) {
                assertThat(questions.get(i).answer(points))
                        .as("%s", questions.get(i))
                        .isEqualTo(answers.get(i));
            }
        }
    }
}
