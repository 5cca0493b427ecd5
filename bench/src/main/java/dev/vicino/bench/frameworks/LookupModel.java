package dev.vicino.bench.frameworks;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** A model that knows the vectors of all texts, so that no time of embedding is measured: of a document by its number, of a query by Q and its. */
final class LookupModel implements EmbeddingModel {
    private static final String QUERY = "Q";

    private final Corpus corpus;

    LookupModel(Corpus corpus) {
        this.corpus = corpus;
    }

    static String query(int number) {
        return QUERY + number;
    }

    private float[] vector(String text) {
        return text.startsWith(QUERY)
                ? corpus.queries()[Integer.parseInt(text.substring(QUERY.length()))]
                : corpus.vectors()[Integer.parseInt(text)];
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        List<String> texts = request.getInstructions();
        return new EmbeddingResponse(IntStream.range(0, texts.size())
                .mapToObj(i -> new Embedding(vector(texts.get(i)), i))
                .toList());
    }

    @Override
    public float[] embed(String text) {
        return vector(text);
    }

    @Override
    public float[] embed(Document document) {
        return vector(Objects.requireNonNull(document.getText()));
    }

    @Override
    public int dimensions() {
        return corpus.vectors()[0].length;
    }
}
