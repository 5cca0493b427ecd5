package dev.vicino.examples.springai;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Keeps some notes in a folder, and finds those that answer the question on the command line. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
    private static final List<Document> NOTES = List.of(
            note("1", "health", "Metformin lowers the level of glucose in the blood."),
            note("2", "health", "Aspirin thins the blood and eases headaches."),
            note("3", "travel", "The night train from Vienna reaches Venice at half past eight."),
            note("4", "travel", "Ferries to Capri leave Naples every hour."),
            note("5", "kitchen", "Pasta water should taste of the sea before the pasta goes in."),
            note("6", "kitchen", "A drop of acid wakes up a soup that tastes flat."));

    private static Document note(String id, String topic, String text) {
        return new Document(id, text, Map.of("topic", topic));
    }

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args).close();
    }

    @Bean
    EmbeddingModel embeddingModel() throws IOException {
        return new LocalEmbeddingModel();
    }

    @Bean
    CommandLineRunner question(VectorStore store) {
        return args -> {
            store.add(NOTES); // again at every start: a note takes the place of the one of its id
            String question = args.length > 0 ? args[0] : "How do I get to the island?";
            answer(store, question).forEach(note -> IO.println(note.getScore() + "  " + note.getText()));
        };
    }

    /** The two notes about travel that come nearest to a question. */
    static List<Document> answer(VectorStore store, String question) {
        return store.similaritySearch(SearchRequest.builder()
                .query(question)
                .topK(2)
                .filterExpression("topic == 'travel'")
                .build());
    }
}
