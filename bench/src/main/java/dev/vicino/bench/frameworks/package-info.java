/**
 * {@code vicino bench frameworks}: our stores for LangChain4j and Spring AI beside those that come with the frameworks, through the interfaces of
 * the frameworks, in one process, on one thread, taking turns.
 */
@NullMarked
package dev.vicino.bench.frameworks;

import org.jspecify.annotations.NullMarked;
