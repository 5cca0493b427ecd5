package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.Metric;
import dev.vicino.io.CorruptFileException;
import dev.vicino.store.point.Point;
import dev.vicino.store.settings.CollectionSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Collections that come and go, aliases, snapshots, and who may open a folder. */
@ExtendWith(Seeds.class)
final class DatabaseTest {
    private static final CollectionSettings PLANE = CollectionSettings.of(2, Metric.L2);

    @TempDir
    Path folder;

    @Test
    void collectionsComeAndGo() throws IOException {
        try (Database database = Database.open(folder)) {
            database.create("a", PLANE).upsert(List.of(Point.of(1, 0, 0)));
            database.create("b", PLANE);
            assertThatIllegalArgumentException().isThrownBy(() -> database.create("a", PLANE));
            assertThatIllegalArgumentException().isThrownBy(() -> database.create("../a", PLANE));
            assertThat(database.delete("b")).isTrue();
            assertThat(database.delete("b")).isFalse();
        }
        try (Database database = Database.open(folder)) {
            assertThat(database.names()).containsExactly("a");
            assertThat(database.collection("a").size()).isEqualTo(1);
            assertThatIllegalArgumentException().isThrownBy(() -> database.collection("b"));
        }
    }

    /** Aliases are changed together, and point at what is there. */
    @Test
    void aliasesAreSwitchedTogether() throws IOException {
        try (Database database = Database.open(folder)) {
            database.create("old", PLANE);
            database.create("new", PLANE);
            database.setAliases(Map.of("live", "old", "next", "new"));
            Map<String, @Nullable String> changes = new HashMap<>(Map.of("live", "new"));
            changes.put("next", null);
            database.setAliases(changes);
            assertThatIllegalArgumentException().isThrownBy(() -> database.setAliases(Map.of("x", "nowhere")));
            assertThatIllegalArgumentException().isThrownBy(() -> database.setAliases(Map.of("old", "new")));
        }
        try (Database database = Database.open(folder)) {
            assertThat(database.aliases()).isEqualTo(Map.of("live", "new"));
            assertThat(database.collection("live").name()).isEqualTo("new");
            database.delete("new");
            assertThat(database.aliases()).isEmpty();
        }
    }

    @Test
    void aFolderIsOpenOnce() throws Exception {
        try (Database database = Database.open(folder)) {
            assertThat(database.names()).isEmpty();
            assertThatIOException().isThrownBy(() -> Database.open(folder)).withMessageContaining("is open already");
            Process other = ChildJvm.start(KilledWriter.class, folder.toString(), "1", "0");
            boolean ended = other.waitFor(1, TimeUnit.MINUTES);
            other.destroyForcibly();
            assertThat(ended).as("whether the other process ended").isTrue();
            assertThat(other.exitValue()).isEqualTo(1);
        }
        Database.open(folder).close();
    }

    @Test
    void aLaterFormatIsRefusedUntouched() throws IOException {
        try (Database database = Database.open(folder)) {
            database.create("a", PLANE);
        }
        Path file = folder.resolve("collections/a/points.db");
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(60);
            bytes.writeInt(99);
        }
        byte[] before = Files.readAllBytes(file);
        assertThatIOException()
                .isThrownBy(() -> Database.open(folder))
                .withMessageContaining("format is 99, expected 1");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    /** A snapshot is of one moment, whatever is written meanwhile; a damaged one is refused. */
    @Test
    void aSnapshotBecomesACollection() throws Exception {
        Random random = Seeds.random();
        Path file = folder.resolve("points.snapshot");
        try (Database database = Database.open(folder.resolve("data"))) {
            Collection collection = database.create("points", Model.settings(50));
            Model model = new Model();
            for (int i = 0; i < 100; i++) {
                var operation = Model.operation(random, 100);
                collection.write(operation);
                model.apply(operation);
            }
            collection.snapshot(file);
            collection.upsert(List.of(Model.point(random, 5)));
            model.assertHeldBy(database.restore("copy", file), random);

            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 20; i++) {
                byte[] damaged = bytes.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, damaged);
                assertThatExceptionOfType(CorruptFileException.class).isThrownBy(() -> database.restore("bad", file));
            }
            assertThat(database.names()).containsExactly("copy", "points");
        }
    }
}
