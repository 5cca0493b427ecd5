package dev.vicino.examples.springai;

import dev.vicino.embed.MiniLm;
import dev.vicino.embed.TextEmbedder;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** The text model that comes with Vicino, as Spring AI wants one: it runs inside the JVM. */
final class LocalEmbeddingModel implements EmbeddingModel, AutoCloseable {
    private final TextEmbedder embedder;

    LocalEmbeddingModel() throws IOException {
        embedder = MiniLm.load();
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        List<Embedding> embeddings = new ArrayList<>();
        for (float[] vector : embedder.embedAll(request.getInstructions(), Progress.NONE)) {
            embeddings.add(new Embedding(vector, embeddings.size()));
        }
        return new EmbeddingResponse(embeddings);
    }

    @Override
    public float[] embed(Document document) {
        return embedder.embed(Objects.requireNonNullElse(document.getText(), ""));
    }

    @Override
    public int dimensions() {
        return embedder.dimension();
    }

    @Override
    public void close() {
        embedder.close();
    }
}
