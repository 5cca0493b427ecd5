package dev.vicino.examples.langchain4j;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingStoreIngestor;
import dev.langchain4j.store.embedding.filter.MetadataFilterBuilder;
import dev.vicino.langchain4j.VicinoEmbeddingStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps some notes in a folder, and finds those that answer a question: {@code Retrieval [FOLDER [QUESTION]]}. */
public final class Retrieval {
    private static final List<Document> NOTES = List.of(
            note("health", "Metformin lowers the level of glucose in the blood."),
            note("health", "Aspirin thins the blood and eases headaches."),
            note("travel", "The night train from Vienna reaches Venice at half past eight."),
            note("travel", "Ferries to Capri leave Naples every hour."),
            note("kitchen", "Pasta water should taste of the sea before the pasta goes in."),
            note("kitchen", "A drop of acid wakes up a soup that tastes flat."));

    private Retrieval() {}

    private static Document note(String topic, String text) {
        return Document.from(text, new Metadata().put("topic", topic));
    }

    /** Answers a question. */
    public static void main(String[] args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "notes");
        String question = args.length > 1 ? args[1] : "Which drug is for diabetes?";
        IO.println(String.join(System.lineSeparator(), answer(folder, question)));
    }

    /** The two notes about health that come nearest to a question. */
    static List<String> answer(Path folder, String question) {
        EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            if (store.documents().size() == 0) {
                EmbeddingStoreIngestor.builder()
                        .embeddingModel(model)
                        .embeddingStore(store)
                        .build()
                        .ingest(NOTES);
            }
            return EmbeddingStoreContentRetriever.builder()
                    .embeddingModel(model)
                    .embeddingStore(store)
                    .maxResults(2)
                    .filter(MetadataFilterBuilder.metadataKey("topic").isEqualTo("health"))
                    .build()
                    .retrieve(Query.from(question))
                    .stream()
                    .map(Content::textSegment)
                    .map(segment -> segment.text())
                    .collect(Collectors.toList());
        }
    }
}
