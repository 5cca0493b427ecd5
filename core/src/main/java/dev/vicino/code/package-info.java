/**
 * Codes: vectors in fewer bytes, and how a query is compared with them.
 *
 * <p>A {@link dev.vicino.code.Code} says how long an encoded vector is and writes it where a navigator wants it; for queries it gives
 * a {@link dev.vicino.code.Scorer}, which estimates the distances of a handful of codes in one call.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.code;
