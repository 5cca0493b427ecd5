/** The truth: one SQLite file a collection, in which everything acknowledged lies. All else is derived from it. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.truth;
