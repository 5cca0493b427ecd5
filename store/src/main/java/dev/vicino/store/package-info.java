/**
 * Durable collections of points: ids, vectors and payload, changed and searched at once. {@link dev.vicino.store.Database} is the front door.
 *
 * <p>One truth, a SQLite file a collection, and many views that are derived from it.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.store;
