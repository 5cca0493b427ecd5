package dev.vicino.store.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vicino.Metric;
import dev.vicino.store.Seeds;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A truth that is cut off or flipped anywhere: what it tells is what was written, or it fails. */
@ExtendWith(Seeds.class)
final class TruthDamageTest {
    private static final int POINTS = 300;
    private static final int DAMAGES = 400;

    @TempDir
    Path folder;

    private Path write(Random random) throws IOException {
        Path file = folder.resolve("points.db");
        try (Truth truth = Truth.create(file, CollectionSettings.of(20, Metric.L2))) {
            TruthWriter writer = truth.writer();
            for (int i = 0; i < POINTS; i++) {
                long parts = PointRow.withVector(PointRow.withPayload(0, true), 0, true);
                writer.putPoint(new PointRow(i, PointId.of(random.nextLong()), 1, 1, parts), null);
                writer.putPayload(
                        i,
                        TruthWriter.json(JsonNodeFactory.instance.objectNode().put("n", i)));
                writer.putVector(0, i, VectorValue.of(Seeds.reals(random, 20)));
            }
            writer.commit(1);
        }
        return file;
    }

    /** All that a truth tells. */
    private static List<Object> read(Path file) throws IOException {
        List<Object> told = new ArrayList<>();
        try (Truth truth = Truth.open(file);
                TruthReader reader = truth.read()) {
            List<PointRow> rows = new ArrayList<>();
            reader.rows().points(rows::add);
            for (PointRow row : rows) {
                told.add(row);
                told.add(reader.rows().payload(row));
                told.add(reader.rows().vector(row, 0));
            }
        }
        return told;
    }

    @Test
    void damageIsReportedAndNeverServed() throws IOException {
        Random random = Seeds.random();
        Path file = write(random);
        byte[] content = Files.readAllBytes(file);
        List<Object> written = read(file);
        assertThat(written).hasSize(3 * POINTS);
        int reported = 0;
        for (int damage = 0; damage < DAMAGES; damage++) {
            int at = random.nextInt(content.length);
            byte[] damaged = content.clone();
            if (damage % 4 == 0) {
                damaged = Arrays.copyOf(damaged, at);
            } else {
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            Files.deleteIfExists(Path.of(file + "-wal"));
            Files.deleteIfExists(Path.of(file + "-shm"));
            Files.write(file, damaged);
            try {
                assertThat(read(file)).as("damage at %d", at).isEqualTo(written);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("points.db");
                reported++;
            }
        }
        assertThat(reported).as("damages reported").isGreaterThan(DAMAGES / 4);
    }
}
