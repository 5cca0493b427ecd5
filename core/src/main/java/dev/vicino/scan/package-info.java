/**
 * Exact scans: every answer here is the truth that indexes are measured against.
 *
 * <p>{@link dev.vicino.scan.Distances} defines what the distance of a row is, to the last bit, under each metric. A scan may look at
 * rows in any order, on any number of threads, and pass over those that a proven bound excludes; what it answers is always the k
 * smallest pairs of (distance, id) by that definition.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.scan;
