/** Searching: what is asked, how it is planned, and what was found. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.search;
