/** What Spring Boot makes of the properties {@code spring.ai.vectorstore.vicino.*}. */
@org.jspecify.annotations.NullMarked
package dev.vicino.springai.autoconfigure;
