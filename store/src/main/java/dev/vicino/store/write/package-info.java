/** Writing: operations, and the thread that puts many of them into one commit. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.write;
