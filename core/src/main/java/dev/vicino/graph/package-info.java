/**
 * HNSW over any code (Malkov and Yashunin, arXiv:1603.09320), alive under change.
 *
 * <p>A node is a slot. Everything that a walk on layer 0 touches of it lies in one block: code, number of links, links. Upper layers are
 * arrays on the heap. Graph is the data, Walk searches it, Inserter and Remover change it, and {@link dev.vicino.graph.LiveGraph} puts all
 * of it together with rows and ids: it is what an index uses. Snapshot and GraphFile are its file.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.graph;
