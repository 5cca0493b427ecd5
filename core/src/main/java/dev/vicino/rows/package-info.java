/**
 * Rows that come and go while they are searched: what the indexes that change have in common.
 *
 * <p>A vector is in a <em>slot</em>. {@link dev.vicino.rows.RowStore} has the row of each slot, {@link dev.vicino.rows.IdTable} its id,
 * {@link dev.vicino.rows.Points} knows which slots may be found, and {@link dev.vicino.rows.Epochs} when one may be used again.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.rows;
