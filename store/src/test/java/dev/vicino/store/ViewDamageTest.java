package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.store.write.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a view is cut off and flipped at random places: that is found, the view is made anew, and answers are right.
 * {@code -Dvicino.damages} says how often, 60 times a file unless told.
 */
@ExtendWith(Seeds.class)
final class ViewDamageTest {
    private static final int DAMAGES = Integer.getInteger("vicino.damages", 60);

    @TempDir
    Path folder;

    private final Random random = Seeds.random();
    private final Model model = new Model();
    private final List<Path> files = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        try (Database database = Database.open(folder)) {
            Collection collection = database.create("points", Model.settings(50));
            for (int i = 0; i < 200; i++) {
                Operation operation = Model.operation(random, 100);
                collection.write(operation);
                model.apply(operation);
            }
        }
        try (Stream<Path> found = Files.list(folder.resolve("collections/points/views"))) {
            files.addAll(found.sorted().toList());
        }
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
    }

    private void restore() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("collections/points/views"))) {
            for (Path file : found.toList()) {
                Files.delete(file);
            }
        }
        for (int i = 0; i < files.size(); i++) {
            Files.write(files.get(i), contents.get(i));
        }
    }

    private List<String> failuresOnceOpened() throws IOException {
        try (Database database = Database.open(folder)) {
            Collection collection = database.collection("points");
            model.assertHeldBy(collection, random);
            return collection.status().failures();
        }
    }

    @Test
    void everyDamageIsFoundAndMended() throws IOException {
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .hasSize(3)
                .contains("payload");
        for (int i = 0; i < files.size(); i++) {
            byte[] content = contents.get(i);
            for (int damage = 0; damage < DAMAGES; damage++) {
                restore();
                int at = random.nextInt(content.length);
                byte[] damaged = content.clone();
                if (damage % 2 == 0) {
                    damaged = Arrays.copyOf(damaged, at);
                } else {
                    damaged[at] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(files.get(i), damaged);
                String what = files.get(i).getFileName() + (damage % 2 == 0 ? " cut off at " : " flipped at ") + at;
                List<String> failures = failuresOnceOpened();
                assertThat(failures).as(what).isNotEmpty();
                assertThat(failuresOnceOpened()).as(what + ", opened again").isEmpty();
            }
        }
    }

    @Test
    void missingFilesAreMadeAnew() throws IOException {
        for (Path file : files) {
            restore();
            Files.delete(file);
            failuresOnceOpened();
            assertThat(failuresOnceOpened()).isEmpty();
        }
    }
}
