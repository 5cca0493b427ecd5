package dev.vicino.springai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.documents.DocumentSettings;
import dev.vicino.documents.DocumentStore;
import dev.vicino.documents.RecallMeters;
import dev.vicino.springai.autoconfigure.VicinoAutoConfiguration;
import dev.vicino.store.settings.IndexKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What Boot makes of the properties. */
final class AutoConfigurationTest {
    private final ApplicationContextRunner boot = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(VicinoAutoConfiguration.class))
            .withBean(EmbeddingModel.class, FourValues::new);

    @TempDir
    Path folder;

    @Test
    void withoutPropertiesItIsInMemory() {
        boot.run(context -> {
            assertThat(context.getBean(VectorStore.class)).isInstanceOf(VicinoVectorStore.class);
            assertThat(context.getBean(DocumentStore.class).settings()).isEqualTo(DocumentSettings.DEFAULT);
        });
    }

    @Test
    void everyPropertyArrives() {
        boot.withPropertyValues(
                        "spring.ai.vectorstore.vicino.folder=" + folder.resolve("data"),
                        "spring.ai.vectorstore.vicino.collection=books",
                        "spring.ai.vectorstore.vicino.recall-floor=0.9",
                        "spring.ai.vectorstore.vicino.recall-share=0.5",
                        "spring.ai.vectorstore.vicino.indexes.country=keyword",
                        "spring.ai.vectorstore.vicino.indexes[year.of.print]=integer")
                .run(context -> {
                    DocumentStore documents = context.getBean(DocumentStore.class);
                    assertThat(documents.settings())
                            .isEqualTo(new DocumentSettings(
                                    "books",
                                    0.9,
                                    0.5,
                                    Map.of("country", IndexKind.KEYWORD, "year.of.print", IndexKind.INTEGER)));
                    context.getBean(VectorStore.class).add(List.of(new Document("text")));
                    assertThat(documents.collection().orElseThrow().settings().payloadIndexes())
                            .containsOnlyKeys("metadata.\"country\"", "metadata.\"year.of.print\"");
                });
        assertThat(folder.resolve("data")).isNotEmptyDirectory();
    }

    @Test
    void documentsAreThereAfterARestart() {
        ApplicationContextRunner durable = boot.withPropertyValues("spring.ai.vectorstore.vicino.folder=" + folder);
        durable.run(context -> context.getBean(VectorStore.class).add(List.of(new Document("text"))));
        durable.run(context -> assertThat(context.getBean(VectorStore.class).similaritySearch("text"))
                .hasSize(1));
    }

    @Test
    void anotherTypeLeavesItOut() {
        boot.withPropertyValues("spring.ai.vectorstore.type=qdrant")
                .run(context -> assertThat(context).doesNotHaveBean(VectorStore.class));
    }

    @Test
    void beansOfTheApplicationTakeThePlace() {
        DocumentStore own = DocumentStore.inMemory(DocumentSettings.DEFAULT);
        boot.withBean(DocumentStore.class, () -> own)
                .run(context -> assertThat(
                                context.getBean(VicinoVectorStore.class).documents())
                        .isSameAs(own));
    }

    @Test
    void aWrongFloorStopsTheStart() {
        boot.withPropertyValues("spring.ai.vectorstore.vicino.recall-floor=1.5")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("recallFloor = 1.5, expected above 0 and at most 1"));
    }

    @Test
    void recallIsMetered() {
        boot.run(context -> {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(RecallMeters.class).bindTo(registry);
            context.getBean(VectorStore.class).add(List.of(new Document("text")));
            assertThat(registry.get("vicino.documents")
                            .tag("collection", "documents")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("vicino.recall.floor").gauge().value()).isEqualTo(0.95);
        });
    }
}
