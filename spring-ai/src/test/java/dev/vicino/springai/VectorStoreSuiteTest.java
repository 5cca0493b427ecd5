package dev.vicino.springai;

import dev.vicino.documents.DocumentSettings;
import dev.vicino.documents.DocumentStore;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.test.vectorstore.BaseVectorStoreTests;
import org.springframework.ai.vectorstore.VectorStore;

/** The framework's suite. */
final class VectorStoreSuiteTest extends BaseVectorStoreTests {
    @TempDir
    Path folder;

    @Override
    protected void executeTest(Consumer<VectorStore> test) {
        DocumentStore documents = DocumentStore.open(folder, DocumentSettings.DEFAULT);
        try (VicinoVectorStore store =
                VicinoVectorStore.builder(documents, LocalModel.MINI_LM).build()) {
            test.accept(store);
        }
    }
}
