package dev.vicino.springai.autoconfigure;

import dev.vicino.documents.DocumentStore;
import dev.vicino.documents.RecallMeters;
import dev.vicino.springai.VicinoVectorStore;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.vectorstore.SpringAIVectorStoreTypes;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Makes a {@link VicinoVectorStore} of the {@link VicinoProperties}, and meters of its recall, which Boot's metrics take up. Left out where
 * {@code spring.ai.vectorstore.type} names another store. Beans of the application's own take the place of these.
 */
@AutoConfiguration
@ConditionalOnClass(EmbeddingModel.class)
@EnableConfigurationProperties(VicinoProperties.class)
@ConditionalOnProperty(
        name = SpringAIVectorStoreTypes.TYPE,
        havingValue = VicinoVectorStore.PROVIDER,
        matchIfMissing = true)
public final class VicinoAutoConfiguration {
    /** Where the documents are; closed with the application. */
    @Bean
    @ConditionalOnMissingBean
    DocumentStore vicinoDocuments(VicinoProperties properties) {
        Path folder = properties.folder();
        return folder == null
                ? DocumentStore.inMemory(properties.settings())
                : DocumentStore.open(folder, properties.settings());
    }

    @Bean
    @ConditionalOnMissingBean(BatchingStrategy.class)
    BatchingStrategy batchingStrategy() {
        return new TokenCountBatchingStrategy();
    }

    /** The store. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    VicinoVectorStore vectorStore(
            DocumentStore documents,
            EmbeddingModel embeddingModel,
            BatchingStrategy batchingStrategy,
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<VectorStoreObservationConvention> convention) {
        return VicinoVectorStore.builder(documents, embeddingModel)
                .batchingStrategy(batchingStrategy)
                .observationRegistry(registry.getIfUnique(() -> ObservationRegistry.NOOP))
                .customObservationConvention(convention.getIfAvailable())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean
    RecallMeters vicinoRecallMeters(DocumentStore documents) {
        return new RecallMeters(documents);
    }
}
