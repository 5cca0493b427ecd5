/** What is derived from the truth and kept in memory or in files beside it: points, vector indexes, payload indexes. Each can be thrown away. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.view;
