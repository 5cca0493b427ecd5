package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer is killed at random moments, again and again over the same folder: every acknowledged batch is there, the one that was on its
 * way is there as a whole or not at all, and all views agree. {@code -Dvicino.kills} says how often, 20 times unless told.
 */
@ExtendWith(Seeds.class)
final class KillTest {
    private static final int KILLS = Integer.getInteger("vicino.kills", 20);
    private static final int LONGEST_MILLIS = 600;
    private static final int LONGEST_FULL_DISK_MILLIS = 120_000;

    @TempDir
    Path folder;

    /** The last batch that was asked for, and the last that was acknowledged. */
    private record Told(int asked, int done) {}

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        Random random = Seeds.random();
        long seed = random.nextLong();
        Model model = new Model();
        int next = 0;
        int batches = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Told told = writeAndDie(seed, next, random.nextInt(LONGEST_MILLIS));
            for (; next <= told.done; next++) {
                KilledWriter.batch(seed, next).forEach(model::apply);
                batches++;
            }
            next = check(model, seed, told, random);
        }
        assertThat(batches).as("batches acknowledged").isGreaterThan(KILLS);
    }

    /** The system refuses to let files grow beyond some megabytes: the write fails, and what was acknowledged before is there, as after a kill. */
    @Test
    void aFullDiskLosesNothing() throws Exception {
        Random random = Seeds.random();
        long seed = random.nextLong();
        Model model = new Model();
        String command = String.join(" ", ChildJvm.command(KilledWriter.class, folder.toString(), seed + "", "0"));
        Process process = new ProcessBuilder("sh", "-c", "ulimit -f 12000; exec " + command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Told told = hear(process, 0, LONGEST_FULL_DISK_MILLIS);
        assertThat(process.waitFor()).as("exit of a process whose write failed").isEqualTo(1);
        for (int number = 0; number <= told.done; number++) {
            KilledWriter.batch(seed, number).forEach(model::apply);
        }
        assertThat(told.done).as("batches acknowledged").isGreaterThan(1);
        check(model, seed, told, random);
    }

    /** Lets a process write, and kills it some time after its first batch. */
    private Told writeAndDie(long seed, int first, int millis) throws IOException, InterruptedException {
        Process process =
                ChildJvm.start(KilledWriter.class, folder.toString(), Long.toString(seed), Integer.toString(first));
        Told told = hear(process, first, millis);
        assertThat(process.waitFor()).as("exit of a process that was killed").isEqualTo(128 + 9);
        return told;
    }

    /** Hears what a process tells until it ends, and kills it some time after its first line. */
    private static Told hear(Process process, int first, int millis) {
        Timer timer = new Timer(true);
        int asked = first - 1;
        int done = first - 1;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (asked == first - 1) {
                    timer.schedule(kill(process), millis);
                }
                if (line.startsWith("asked ")) {
                    asked = number(line, asked);
                } else if (line.startsWith("done ")) {
                    done = number(line, done);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            timer.cancel();
        }
        return new Told(asked, done);
    }

    /** The number of a line; the last line may be cut off. */
    private static int number(String line, int last) {
        return line.endsWith(" " + (last + 1)) ? last + 1 : last;
    }

    /** By its handle: the process itself would close its output too, and what it has told already would not be heard. */
    private static TimerTask kill(Process process) {
        return new TimerTask() {
            @Override
            public void run() {
                process.toHandle().destroyForcibly();
            }
        };
    }

    /** Whether the collection is as after the last batch acknowledged, or the one after it; tells the number of the next batch. */
    private int check(Model model, long seed, Told told, Random random) throws IOException {
        int next = told.done + 1;
        try (Database database = Database.open(folder)) {
            if (database.names().isEmpty()) {
                assertThat(told.done)
                        .as("batches acknowledged before there was a collection")
                        .isNegative();
                return 0;
            }
            Collection collection = database.collection("points");
            long sequence = collection.status().sequence();
            long acknowledged = 0;
            for (int number = 0; number < next; number++) {
                acknowledged += KilledWriter.batch(seed, number).size();
            }
            if (sequence > acknowledged) {
                assertThat(told.asked).as("a batch that nobody asked for").isEqualTo(next);
                KilledWriter.batch(seed, next).forEach(model::apply);
                assertThat(sequence)
                        .isEqualTo(acknowledged + KilledWriter.batch(seed, next).size());
                next++;
            } else {
                assertThat(sequence).isEqualTo(acknowledged);
            }
            model.assertHeldBy(collection, random);
            collection.verify();
        }
        return next;
    }
}
