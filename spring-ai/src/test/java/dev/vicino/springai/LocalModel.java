package dev.vicino.springai;

import dev.vicino.embed.MiniLm;
import dev.vicino.embed.TextEmbedder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** The local text model, loaded once for all tests. */
final class LocalModel implements EmbeddingModel {
    static final LocalModel MINI_LM = new LocalModel();

    private final TextEmbedder embedder;

    private LocalModel() {
        try {
            embedder = MiniLm.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        List<Embedding> embeddings = new ArrayList<>();
        for (String text : request.getInstructions()) {
            embeddings.add(new Embedding(embedder.embed(text), embeddings.size()));
        }
        return new EmbeddingResponse(embeddings);
    }

    @Override
    public float[] embed(Document document) {
        return embedder.embed(String.valueOf(document.getText()));
    }

    @Override
    public int dimensions() {
        return embedder.dimension();
    }
}
