/**
 * Readers and writers of vector files: fvecs, bvecs, ivecs, npy and JSON lines, and of the id tables that go with them.
 *
 * <p>{@link dev.vicino.files.VectorFiles} is the front door for vectors, {@link dev.vicino.files.IdFiles} for ground
 * truth and id lists. Everything streams: a reader holds one buffer, whatever the size of the file. What a header
 * claims is compared with the length of the file before anything is allocated; a file that is not what its format
 * requires gives a {@link dev.vicino.io.CorruptFileException}. A written file appears whole or not at all.
 *
 * <pre>{@code
 * try (VectorReader reader = VectorFiles.open(Path.of("base.fvecs"))) {
 *     float[] row = new float[reader.dimension()];
 *     while (reader.read(row)) {
 *         use(row);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.vicino.files;

import org.jspecify.annotations.NullMarked;
