/**
 * Vicino for Spring AI: {@link dev.vicino.springai.VicinoVectorStore} is a
 * {@link org.springframework.ai.vectorstore.VectorStore} in a folder or in memory.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.springai;
