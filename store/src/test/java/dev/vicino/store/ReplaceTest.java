package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.io.CorruptFileException;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that takes the place of a collection which is in use. */
@ExtendWith(Seeds.class)
final class ReplaceTest {
    private static final int POINTS = 60;
    private static final Set<PointId> OLD = ids(0);
    private static final Set<PointId> NEW = ids(1000);

    @TempDir
    Path folder;

    private static Set<PointId> ids(long first) {
        return LongStream.range(first, first + POINTS).mapToObj(PointId::of).collect(Collectors.toSet());
    }

    private static void fill(Collection collection, Set<PointId> ids, Random random) throws IOException {
        List<Point> points = new ArrayList<>();
        for (PointId id : ids) {
            Point any = Model.point(random, 1);
            points.add(new Point(id, any.vectors(), any.payload()));
        }
        collection.upsert(points);
        Waiting.forGraph(collection);
    }

    private static Set<PointId> all(Collection collection) throws IOException {
        return collection.search(SearchRequest.of(Query.of(1, 2, 3, 4), 2 * POINTS)).points().stream()
                .map(ScoredPoint::id)
                .collect(Collectors.toSet());
    }

    /** Who searches sees the old points or the new ones, never some of each and never none; so does who opens the folder again. */
    @Test
    void searchesSeeTheOldOrTheNew() throws Exception {
        Random random = Seeds.random();
        Path snapshot = folder.resolve("new.snapshot");
        try (Database database = Database.open(folder.resolve("data"));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Collection template = database.create("template", Model.settings(20));
            fill(template, NEW, random);
            template.snapshot(snapshot);
            Collection points = database.create("points", Model.settings(20));
            fill(points, OLD, random);

            AtomicBoolean over = new AtomicBoolean();
            List<Future<Integer>> searchers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                searchers.add(threads.submit(() -> search(points, over)));
            }
            database.replace("points", snapshot);
            assertThat(all(points)).isEqualTo(NEW);
            over.set(true);
            for (Future<Integer> searcher : searchers) {
                assertThat(searcher.get()).isPositive();
            }
            assertThat(points.count(Filter.ALL)).isEqualTo(POINTS);
            points.upsert(List.of(Model.point(random, 1)));
            assertThat(points.size()).isEqualTo(POINTS + 1);
            points.verify();
        }
        try (Database database = Database.open(folder.resolve("data"))) {
            assertThat(database.names()).containsExactly("points", "template");
            assertThat(all(database.collection("points"))).containsAll(NEW).hasSize(POINTS + 1);
            assertThat(database.collection("points").status().failures()).isEmpty();
        }
    }

    private static int search(Collection points, AtomicBoolean over) throws IOException {
        int searches = 0;
        while (!over.get()) {
            Set<PointId> seen = all(points);
            assertThat(seen.equals(OLD) || seen.equals(NEW))
                    .as("old or new: %s", seen)
                    .isTrue();
            searches++;
        }
        return searches;
    }

    /** The views of the collection before are of no use to the one after, though their sequence numbers are the same. */
    @Test
    void viewsOfTheOldAreNotTaken() throws IOException {
        Random random = Seeds.random();
        Path snapshot = folder.resolve("model.snapshot");
        Model model = new Model();
        try (Database database = Database.open(folder.resolve("data"))) {
            Collection template = database.create("template", Model.settings(20));
            Collection points = database.create("points", Model.settings(20));
            for (int i = 0; i < 60; i++) {
                var operation = Model.operation(random, 100);
                template.write(operation);
                model.apply(operation);
                points.write(Model.operation(random, 100));
            }
            template.snapshot(snapshot);
            database.replace("points", snapshot);
            model.assertHeldBy(points, random);
        }
        try (Database database = Database.open(folder.resolve("data"))) {
            model.assertHeldBy(database.collection("points"), random);
        }
    }

    @Test
    void aDamagedSnapshotChangesNothing() throws IOException {
        Random random = Seeds.random();
        Path snapshot = folder.resolve("damaged.snapshot");
        try (Database database = Database.open(folder.resolve("data"))) {
            Collection points = database.create("points", Model.settings(20));
            fill(points, OLD, random);
            points.snapshot(snapshot);
            byte[] bytes = Files.readAllBytes(snapshot);
            bytes[bytes.length / 2] ^= 1;
            Files.write(snapshot, bytes);
            assertThatExceptionOfType(CorruptFileException.class)
                    .isThrownBy(() -> database.replace("points", snapshot));
            assertThat(all(points)).isEqualTo(OLD);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.replace("nowhere", snapshot))
                    .withMessageContaining("nowhere");
        }
    }
}
