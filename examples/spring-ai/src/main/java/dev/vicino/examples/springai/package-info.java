/** A Spring Boot application with a vector store. */
@org.jspecify.annotations.NullMarked
package dev.vicino.examples.springai;
