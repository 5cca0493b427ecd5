package dev.vicino.examples.springai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

final class ApplicationTest {
    @Test
    void theAnswerIsFoundAgainAfterARestart(@TempDir Path folder) {
        for (int run = 0; run < 2; run++) {
            try (ConfigurableApplicationContext context =
                    SpringApplication.run(Application.class, "--spring.ai.vectorstore.vicino.folder=" + folder)) {
                assertThat(Application.answer(context.getBean(VectorStore.class), "How do I get to the island?"))
                        .extracting(Document::getText)
                        .containsExactly(
                                "Ferries to Capri leave Naples every hour.",
                                "The night train from Vienna reaches Venice at half past eight.");
            }
        }
    }
}
