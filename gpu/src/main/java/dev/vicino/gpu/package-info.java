/**
 * Exact search on a card of NVIDIA's, for {@code Flat(device=gpu)}. It needs the card's driver and nothing else: {@link CudaDriver}
 * calls it from Java, and the kernels come as text that the driver compiles for the card at hand.
 *
 * <p>Downwards: {@link GpuRows} are the rows of an index, on the card or streamed through it ({@link RowStream}); a {@link Searcher}
 * is what one search has there; {@link Kernels} starts what the card computes; {@link Driver} is the driver. The kernels are in
 * {@code src/main/cuda}; {@code gpu/build-ptx} compiles them.
 *
 * <p>A search multiplies a block of queries by tiles of rows. A product gives bounds of a distance, and where the lower one is not
 * above the query's threshold the row is kept. After every launch the threshold falls to the k-th smallest upper bound of the rows
 * kept. {@link ProductError} has the proof of what the bounds rest on.
 */
@NullMarked
package dev.vicino.gpu;

import org.jspecify.annotations.NullMarked;
