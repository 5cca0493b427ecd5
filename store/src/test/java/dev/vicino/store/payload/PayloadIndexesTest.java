package dev.vicino.store.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.Seeds;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.Candidate;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.PointId;
import dev.vicino.store.settings.IndexKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.roaringbitmap.RoaringBitmap;

/** Indexes against the meaning of filters: what is sure matches, what matches is possible, and where no payload is needed both are one. */
@ExtendWith(Seeds.class)
final class PayloadIndexesTest {
    private static final int POINTS = 60;
    private static final List<IndexKind> ANY_KIND = List.of(IndexKind.values());

    /** Random points: their payload, and every third has a vector v. */
    private record Points(Map<Integer, ObjectNode> payloads) implements Ordinals {
        @Override
        public RoaringBitmap all() {
            RoaringBitmap all = new RoaringBitmap();
            payloads.keySet().forEach(all::add);
            return all;
        }

        @Override
        public RoaringBitmap of(Set<PointId> ids) {
            RoaringBitmap found = new RoaringBitmap();
            payloads.keySet().stream()
                    .filter(ordinal -> ids.contains(PointId.of(ordinal)))
                    .forEach(found::add);
            return found;
        }

        @Override
        public RoaringBitmap withVector(String name) {
            RoaringBitmap found = new RoaringBitmap();
            payloads.keySet().stream()
                    .filter(ordinal -> hasVector(ordinal, name))
                    .forEach(found::add);
            return found;
        }

        private static boolean hasVector(int ordinal, String name) {
            return name.equals("v") && ordinal % 3 == 0;
        }

        RoaringBitmap matching(Filter filter) {
            RoaringBitmap found = new RoaringBitmap();
            payloads.forEach((ordinal, payload) -> {
                if (filter.matches(new Candidate(PointId.of(ordinal), payload, name -> hasVector(ordinal, name)))) {
                    found.add(ordinal);
                }
            });
            return found;
        }
    }

    private static PayloadIndexes indexes(Random random) {
        Map<String, IndexKind> kinds = new HashMap<>();
        for (String path : RandomPayloads.PATHS) {
            kinds.put(path, ANY_KIND.get(random.nextInt(ANY_KIND.size())));
        }
        return new PayloadIndexes(kinds);
    }

    private static PayloadIndexes writtenAndRead(PayloadIndexes indexes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        indexes.write(new DataOutputStream(bytes));
        return PayloadIndexes.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void agreeWithTheMeaningOfFilters() throws IOException {
        Random random = Seeds.random();
        RandomPayloads made = new RandomPayloads(random);
        for (int round = 0; round < 60; round++) {
            Points points = new Points(new HashMap<>());
            PayloadIndexes indexes = indexes(random);
            for (int change = 0; change < 2 * POINTS; change++) {
                int ordinal = random.nextInt(POINTS);
                ObjectNode before = points.payloads.remove(ordinal);
                if (before != null) {
                    indexes.remove(ordinal, before);
                }
                if (random.nextInt(4) > 0) {
                    ObjectNode payload = made.payload();
                    points.payloads.put(ordinal, payload);
                    indexes.add(ordinal, payload);
                }
            }
            assertAgree(made, points, indexes);
            assertAgree(made, points, writtenAndRead(indexes));

            RoaringBitmap gone =
                    RoaringBitmap.bitmapOf(random.ints(10, 0, POINTS).toArray());
            gone.forEach((int ordinal) -> points.payloads.remove(ordinal));
            indexes.forget(gone);
            assertAgree(made, points, indexes);
        }
    }

    private static void assertAgree(RandomPayloads made, Points points, PayloadIndexes indexes) {
        for (int i = 0; i < 100; i++) {
            Filter filter = made.filter(2);
            Selection selection = indexes.select(filter, points);
            RoaringBitmap matching = points.matching(filter);
            assertThat(RoaringBitmap.andNot(selection.sure(), matching).toArray())
                    .as("sure, but does not match: %s by %s", filter, indexes.kinds())
                    .isEmpty();
            assertThat(RoaringBitmap.andNot(matching, selection.possible()).toArray())
                    .as("matches, but is not possible: %s by %s", filter, indexes.kinds())
                    .isEmpty();
        }
    }

    /** The index of a field's kind answers without any payload. */
    @Test
    void aFieldOfOneKindNeedsNoPayload() {
        PayloadIndexes indexes = new PayloadIndexes(Map.of("color", IndexKind.KEYWORD, "price", IndexKind.FLOAT));
        Points points = new Points(new HashMap<>());
        for (int i = 0; i < POINTS; i++) {
            ObjectNode payload = JsonNodeFactory.instance
                    .objectNode()
                    .put("color", i % 2 == 0 ? "red" : "blue")
                    .put("price", i);
            points.payloads.put(i, payload);
            indexes.add(i, payload);
        }
        Filter filter = Filter.must(Condition.match("color", "red"), Condition.range("price", Bounds.below(10.0)));
        Selection selection = indexes.select(filter, points);
        assertThat(selection.sure().toArray()).containsExactly(0, 2, 4, 6, 8);
        assertThat(selection.unsure().isEmpty()).isTrue();
    }
}
