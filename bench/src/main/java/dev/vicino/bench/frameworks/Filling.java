package dev.vicino.bench.frameworks;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.VectorStore;

/** How the documents of a corpus come into a store. */
final class Filling {
    private Filling() {}

    /** All in one call. */
    static void fill(EmbeddingStore<TextSegment> store, Corpus corpus) {
        store.addAll(embeddings(corpus), segments(corpus));
    }

    /** A call for each. */
    static void fillOneByOne(EmbeddingStore<TextSegment> store, Corpus corpus) {
        List<Embedding> embeddings = embeddings(corpus);
        List<TextSegment> segments = segments(corpus);
        for (int i = 0; i < embeddings.size(); i++) {
            store.add(embeddings.get(i), segments.get(i));
        }
    }

    private static List<Embedding> embeddings(Corpus corpus) {
        return Arrays.stream(corpus.vectors()).map(Embedding::from).toList();
    }

    private static List<TextSegment> segments(Corpus corpus) {
        return IntStream.range(0, corpus.vectors().length)
                .mapToObj(number -> TextSegment.from(Corpus.text(number)))
                .toList();
    }

    /** All in one call. */
    static void fill(VectorStore store, Corpus corpus) {
        store.add(IntStream.range(0, corpus.vectors().length)
                .mapToObj(number -> new Document(Corpus.text(number)))
                .toList());
    }
}
