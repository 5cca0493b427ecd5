package dev.vicino.rows;

import dev.vicino.scan.Bitmap;
import java.util.function.LongPredicate;

/**
 * Which points may be found.
 *
 * @param slots those they were in at a version of the points
 * @param ids their ids, by which what is found is looked at again where these are of another version now
 */
public record Allowed(Bitmap slots, long version, LongPredicate ids) {}
