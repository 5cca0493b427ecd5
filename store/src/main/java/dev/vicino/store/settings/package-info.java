/** What a collection is told when it is created: its vectors, payload indexes and limits. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.settings;
