package dev.vicino.graph;

import dev.vicino.code.CodeKind;

/**
 * How a graph is built, under the names of the paper.
 *
 * @param m links a node on the upper layers, 2m on layer 0
 * @param efConstruction how far an insertion looks for neighbours
 * @param extendCandidates whether neighbours of candidates are candidates too
 * @param keepPrunedConnections whether lists are filled up with candidates that lie behind others
 * @param seed of the layers that nodes are drawn to
 * @param code what is compared; {@link CodeKind.Float32} for the rows themselves
 * @param refine whether what is found by code is compared again exactly
 */
public record GraphParameters(
        int m,
        int efConstruction,
        boolean extendCandidates,
        boolean keepPrunedConnections,
        long seed,
        CodeKind code,
        boolean refine) {
    /** Above this the layers are no use: m to this power is more than there can be nodes. */
    private static final int MAX_LAYER = 30;

    /** The layer of a node: geometric, by a hash of the seed and the slot, so that it does not depend on who inserts when. */
    int layer(int slot) {
        long hash = mix(seed * 0x9E3779B97F4A7C15L + slot);
        double uniform = ((hash >>> 11) + 1) * 0x1p-53;
        return (int) Math.min(MAX_LAYER, -Math.log(uniform) / Math.log(m));
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
