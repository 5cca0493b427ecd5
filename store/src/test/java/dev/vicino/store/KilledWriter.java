package dev.vicino.store;

import dev.vicino.store.write.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that writes random batches to a collection until it is killed. Before each batch it tells its number, and after it was
 * acknowledged once more: {@code asked 7}, {@code done 7}. Which batch has which number hangs on the seed alone.
 */
final class KilledWriter {
    static final int IDS = 200;

    private KilledWriter() {}

    /** The batch of a number. */
    static List<Operation> batch(long seed, int number) {
        Random random = new Random(seed + number);
        List<Operation> batch = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            batch.add(Model.operation(random, IDS));
        }
        return batch;
    }

    /** Arguments: the folder, the seed, the number of the first batch. */
    static void main(String[] arguments) throws IOException {
        long seed = Long.parseLong(arguments[1]);
        Database database = Database.open(Path.of(arguments[0]));
        Collection collection = database.names().isEmpty()
                ? database.create("points", Model.settings(100))
                : database.collection("points");
        for (int number = Integer.parseInt(arguments[2]); ; number++) {
            say("asked " + number);
            collection.write(batch(seed, number).toArray(Operation[]::new));
            say("done " + number);
        }
    }

    private static void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
