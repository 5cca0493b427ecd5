/** Retrieval with LangChain4j. */
@org.jspecify.annotations.NullMarked
package dev.vicino.examples.langchain4j;
