package dev.vicino.store.view;

import dev.vicino.io.CorruptFileException;
import dev.vicino.store.payload.PayloadIndexes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The file {@code payload} in the folder of the views: the sequence number up to which it was read, and the payload indexes. */
final class PayloadFile {
    private final Path path;

    PayloadFile(Path folder) {
        this.path = folder.resolve("payload");
    }

    /** Indexes, and the sequence number of the last operation that they know of. */
    record Saved(long sequence, PayloadIndexes indexes) {}

    /**
     * Reads the file; null where there is none that is whole.
     *
     * @param damage hears of a file that is of no use
     */
    @Nullable
    Saved read(Consumer<String> damage) {
        if (!Files.exists(path)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(ViewFile.read(path)))) {
            return new Saved(in.readLong(), PayloadIndexes.read(in));
        } catch (CorruptFileException e) {
            damage.accept(e.getMessage());
            return null;
        } catch (IOException | IllegalArgumentException e) {
            damage.accept(path + ": " + e);
            return null;
        }
    }

    void write(long sequence, PayloadIndexes indexes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(sequence);
            indexes.write(out);
        }
        ViewFile.write(path, bytes.toByteArray());
    }
}
