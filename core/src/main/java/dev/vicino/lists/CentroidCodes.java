package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.code.BlockCodes;
import dev.vicino.code.BlockScorer;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Sample;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/** Codes of centroids, by which most of them are seen to be far at a fraction of the cost of their values. Immutable. */
final class CentroidCodes implements AutoCloseable {
    /** Fewer are compared as fast as a query is made ready for codes. */
    private static final int LEAST = 256;

    private static final CodeKind KIND = new CodeKind.RaBitQ(4);

    private final BlockCode code;
    private final Memory memory;
    private final int blocks;

    private CentroidCodes(BlockCode code, Memory memory, int blocks) {
        this.code = code;
        this.memory = memory;
        this.blocks = blocks;
    }

    /** Of centroids one behind the other; null where codes are of no use. */
    static @Nullable CentroidCodes of(Form form, Memory centroids, int count, int dimension) {
        if (form == Form.L1 || count < LEAST) {
            return null;
        }
        Sample sample = new Sample() {
            @Override
            public int size() {
                return count;
            }

            @Override
            public void copy(int place, float[] into) {
                centroids.get((long) place * dimension, into, dimension);
            }
        };
        BlockCode code = BlockCodes.learn(KIND, form, dimension, sample, 1);
        int blocks = Run.blocks(count);
        Memory memory = Memory.allocate((long) blocks * code.blockBytes());
        BlockCode.Packer packer = code.packer();
        float[] centroid = new float[dimension];
        for (int i = 0; i < count; i++) {
            sample.copy(i, centroid);
            long block = memory.start() + (long) (i / BlockCode.ROWS) * code.blockBytes();
            packer.put(centroid, memory.base(), block, Run.lane(i));
        }
        return new CentroidCodes(code, memory, blocks);
    }

    BlockScorer scorer() {
        return code.scorer();
    }

    /** Estimates the distances of all centroids from the query that a scorer was made ready for. */
    void score(BlockScorer scorer, float[] out) {
        scorer.score(memory.base(), memory.start(), blocks, out);
    }

    /** Estimates in whole blocks. */
    int estimates() {
        return blocks * BlockCode.ROWS;
    }

    long bytes() {
        return memory.bytes();
    }

    @Override
    public void close() {
        memory.close();
    }
}
