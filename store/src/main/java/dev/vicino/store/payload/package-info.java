/** Payload indexes: which points may match a filter, as bitmaps of ordinals. */
@org.jspecify.annotations.NullMarked
package dev.vicino.store.payload;
