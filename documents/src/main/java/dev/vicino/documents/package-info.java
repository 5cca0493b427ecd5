/**
 * Texts with metadata and a vector each, kept in a collection of the store: what adapters of frameworks have in common.
 * {@link dev.vicino.documents.DocumentStore} is the front door.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.documents;
