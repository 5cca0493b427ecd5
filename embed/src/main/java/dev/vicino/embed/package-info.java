/**
 * Text to vectors, with a model that runs inside this JVM and comes with it: nothing is downloaded, nothing is sent anywhere.
 *
 * <pre>{@code
 * try (TextEmbedder embedder = MiniLm.load()) {
 *     float[] vector = embedder.embed("Which drug lowers blood sugar?");
 * }
 * }</pre>
 *
 * <p>{@link dev.vicino.embed.TextEmbedder} is the seam where another model takes its place; {@link dev.vicino.embed.MiniLm} is the
 * one model there is. Two texts mean the like when the cosine of their vectors is high.
 */
@NullMarked
package dev.vicino.embed;

import org.jspecify.annotations.NullMarked;
