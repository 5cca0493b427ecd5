/**
 * Nearest-neighbour search for embeddings. {@link dev.vicino.Vicino} is the front door:
 *
 * <pre>{@code
 * Vectors vectors = Vectors.of(new float[][] {{1, 0}, {0, 1}, {1, 1}});
 * try (VectorIndex index = Vicino.index(vectors).metric(Metric.COSINE).build()) {
 *     Neighbors nearest = index.search(new float[] {2, 1}, 2);   // ids 2 and 0
 * }
 * }</pre>
 *
 * <p>Words: a <em>vector</em> has d values; a <em>row</em> is a vector of a matrix; an <em>id</em> is the caller's 64-bit number of a
 * vector; a <em>score</em> is what the caller sees, similarity or distance, as {@link dev.vicino.Metric} says.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino;
