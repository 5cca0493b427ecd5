package dev.vicino.cli;

import dev.vicino.embed.TextEmbedder;
import dev.vicino.files.VectorWriter;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Texts on their way into a vector file, embedded some at a time on all cores. Not safe for use by several threads. */
final class EmbeddingWriter {
    /** Enough for every core, and less than a second of work: meanwhile an interruption is not looked for. */
    private static final int CHUNK_TEXTS = 16 * Runtime.getRuntime().availableProcessors();

    private final TextEmbedder embedder;
    private final VectorWriter writer;
    private final long total;
    private final Progress progress;
    private final List<String> chunk = new ArrayList<>(CHUNK_TEXTS);
    private long done;

    /** @param total texts that will come */
    EmbeddingWriter(TextEmbedder embedder, VectorWriter writer, long total, Progress progress) {
        this.embedder = embedder;
        this.writer = writer;
        this.total = total;
        this.progress = progress;
    }

    /** Takes the next text. */
    void add(String text) throws IOException {
        chunk.add(text);
        if (chunk.size() == CHUNK_TEXTS) {
            write();
        }
    }

    /**
     * Embeds what is left.
     *
     * @throws IOException when other texts came than were told
     */
    void finish() throws IOException {
        write();
        if (done != total) {
            throw new IOException("the texts changed while they were read: " + done + ", expected " + total);
        }
    }

    private void write() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("embedding was interrupted after " + done + " of " + total + " texts");
        }
        for (float[] row : embedder.embedAll(chunk, (texts, ofChunk) -> progress.update(done + texts, total))) {
            writer.write(row);
        }
        done += chunk.size();
        chunk.clear();
    }
}
