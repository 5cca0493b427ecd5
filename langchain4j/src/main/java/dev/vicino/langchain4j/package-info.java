/**
 * Vicino for LangChain4j: {@link dev.vicino.langchain4j.VicinoEmbeddingStore} is an
 * {@link dev.langchain4j.store.embedding.EmbeddingStore} in a folder or in memory.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.langchain4j;
