package dev.vicino.springai;

import java.util.stream.IntStream;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** A model that knows four values, whatever the text. */
final class FourValues implements EmbeddingModel {
    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        return new EmbeddingResponse(
                IntStream.range(0, request.getInstructions().size())
                        .mapToObj(i -> new Embedding(vector(), i))
                        .toList());
    }

    private static float[] vector() {
        return new float[] {1, 2, 3, 4};
    }

    @Override
    public float[] embed(Document document) {
        return vector();
    }

    @Override
    public int dimensions() {
        return vector().length;
    }
}
