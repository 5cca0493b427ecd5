package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.vicino.Metric;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.search.Part;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.Limits;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.VectorView;
import dev.vicino.store.write.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What writers are told: when they have to wait, what was accepted, and what failed. */
@ExtendWith(Seeds.class)
final class WritingTest {
    @TempDir
    Path folder;

    /** Writers wait for the graph, so that searches never scan much more than was allowed to wait for it. */
    @Test
    void writersWaitForTheGraph() throws IOException {
        int room = 400;
        int batch = 100;
        Random random = Seeds.random();
        try (Database database = Database.open(folder)) {
            Collection points = database.create(
                    "points",
                    CollectionSettings.of(
                            Map.of("", VectorSettings.dense(64, Metric.L2).withThreshold(200))));
            points.setLimits(Limits.DEFAULT.withTailVectors(room));
            long most = 0;
            for (long first = 0; first < 4000; first += batch) {
                points.upsert(LongStream.range(first, first + batch)
                        .mapToObj(id -> Point.of(id, Seeds.reals(random, 64)))
                        .toList());
                VectorView.Progress progress = points.status().vectors().get("");
                most = Math.max(most, progress.waiting());
                assertThat(progress.vectors()).isEqualTo(first + batch);
            }
            assertThat(most).isBetween((long) room / 2, (long) room + batch);
            Waiting.forGraph(points);
        }
    }

    /** Accepted writes take effect in order, before those that are asked for later; one that fails is told. */
    @Test
    void acceptedWritesTakeEffectInOrder() throws IOException {
        try (Database database = Database.open(folder)) {
            Collection points = database.create("points", CollectionSettings.of(1, Metric.L2));
            for (int i = 1; i <= 500; i++) {
                points.writeLater(new Operation.Upsert(List.of(Point.of(i % 7, i))));
            }
            assertThat(points.upsert(List.of(Point.of(100, 0))).sequence()).isEqualTo(501);
            assertThat(points.get(ids(7), Part.NONE))
                    .extracting(StoredPoint::version)
                    .containsExactly(497L, 498L, 499L, 500L, 494L, 495L, 496L);

            points.setLimits(Limits.DEFAULT.withPoints(8));
            points.writeLater(new Operation.Upsert(List.of(Point.of(200, 0))));
            points.writeLater(new Operation.Upsert(List.of(Point.of(3, 9))));
            assertThat(points.upsert(List.of(Point.of(4, 9))).sequence()).isEqualTo(503);
            assertThat(points.status().failures())
                    .singleElement()
                    .asString()
                    .contains("collection of 9 points, expected at most 8");
        }
        try (Database database = Database.open(folder)) {
            assertThat(database.collection("points").status().sequence()).isEqualTo(503);
        }
    }

    private static List<PointId> ids(int count) {
        return LongStream.range(0, count).mapToObj(PointId::of).toList();
    }

    /** The database refuses a row now and then, in the way of a full disk or of a broken rule: nothing of such a write is there. */
    @Test
    void failingWritesChangeNothing() throws Exception {
        Random random = Seeds.random();
        Model model = new Model();
        int failed = 0;
        try (Database database = Database.open(folder)) {
            Collection points = database.create("points", Model.settings(60));
            refuse("points", "ROLLBACK");
            refuse("payloads", "ABORT");
            refuse("vectors_0", "FAIL");
            for (int i = 0; i < 300; i++) {
                Operation operation = Model.operation(random, 200);
                Operation other = Model.operation(random, 200);
                try {
                    points.write(operation, other);
                    model.apply(operation);
                    model.apply(other);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("nothing was changed");
                    failed++;
                }
                if (i % 30 == 0) {
                    model.assertHeldBy(points, random);
                }
            }
            model.assertHeldBy(points, random);
            points.verify();
        }
        assertThat(failed).isBetween(30, 290);
        try (Database database = Database.open(folder)) {
            model.assertHeldBy(database.collection("points"), random);
            assertThat(database.collection("points").status().failures()).isEmpty();
        }
    }

    /** Has one row of twenty refused. */
    private void refuse(String table, String how) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("collections/points/points.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TRIGGER refuse_" + table + " BEFORE INSERT ON " + table
                    + " WHEN abs(random()) % 20 = 0 BEGIN SELECT RAISE(" + how + ", 'refused'); END");
        }
    }

    /** The folder of the views is gone: closing tells it, the truth has everything, and the views are made anew. */
    @Test
    void viewsThatCannotBeWrittenCostNoData() throws IOException {
        Random random = Seeds.random();
        Model model = new Model();
        Database database = Database.open(folder);
        Collection points = database.create("points", Model.settings(20));
        for (int i = 0; i < 50; i++) {
            Operation operation = Model.operation(random, 100);
            points.write(operation);
            model.apply(operation);
        }
        Waiting.forGraph(points);
        Files.move(folder.resolve("collections/points/views"), folder.resolve("elsewhere"));
        assertThatIOException().isThrownBy(database::close).withMessageContaining("views");
        try (Database again = Database.open(folder)) {
            model.assertHeldBy(again.collection("points"), random);
        }
    }
}
