package dev.vicino.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetrievalTest {
    @Test
    void theAnswerIsFoundAgainAfterARestart(@TempDir Path folder) {
        for (int run = 0; run < 2; run++) {
            assertThat(Retrieval.answer(folder, "Which drug is for diabetes?"))
                    .containsExactly(
                            "Metformin lowers the level of glucose in the blood.",
                            "Aspirin thins the blood and eases headaches.");
        }
    }
}
