/**
 * HNSW over any code (Malkov and Yashunin, arXiv:1603.09320), alive under change.
 *
 * <p>A node is a slot. Everything that a walk on layer 0 touches of it lies in one block: code, number of links, links. Upper layers are
 * arrays on the heap. Graph is the data, Walk searches it, Inserter and Remover change it. {@link dev.vicino.graph.LiveGraph} is what an
 * index uses: Searches and Changes, of which there may be any number at once, over the Parts that they share, which are the Graph, the
 * {@link dev.vicino.rows.Points} that may be found, the RowStore and the Space that all of it takes. GraphSnapshot and GraphFile are its file.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.graph;
