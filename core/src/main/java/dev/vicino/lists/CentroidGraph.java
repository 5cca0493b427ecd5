package dev.vicino.lists;

import dev.vicino.code.CodeKind;
import dev.vicino.graph.GraphParameters;
import dev.vicino.graph.LiveGraph;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Found;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A graph over the centroids of many lists, along which those near a query are found without a look at the others. Under the dot product
 * a centroid c has one value more, what the best rows of the list are above it for a query of length 1, and a query q has its length there:
 * then the product is that which lists are ranked by. Immutable; any number of threads may use it.
 */
final class CentroidGraph implements AutoCloseable {
    /** From so many on a walk is faster than a look at the codes of all. */
    static final int MANY = 4096;

    /** Of a node, unless told. */
    static final int LINKS = 16;

    private static final int EF_CONSTRUCTION = 100;
    private static final long SEED = 1;

    /** Nodes held beside those wanted, so that few of these are missed. */
    private static final int HELD_MORE = 32;

    private final Lifetime lifetime = new Lifetime("centroids");
    private final boolean widened;
    private final Memory memory;
    private final Norms norms;
    private final LiveGraph graph;

    /**
     * Builds the graph.
     *
     * @param centroids one behind the other, which must outlive it
     * @param spreads what is added under the dot product, one a centroid
     * @param links of a node, M
     */
    CentroidGraph(Form form, Rows centroids, float[] spreads, int links, int threads) {
        widened = form == Form.DOT;
        int d = centroids.dimension() + (widened ? 1 : 0);
        memory = copy(centroids, spreads, d);
        norms = Norms.compute(Rows.of(memory, centroids.size(), d), form == Form.COSINE, Progress.NONE);
        RowStore rows = new RowStore(form, memory, null, norms, centroids.size(), d);
        CodeKind code = form == Form.L1 ? new CodeKind.Float32() : new CodeKind.RaBitQ(4);
        GraphParameters parameters =
                new GraphParameters(links, Math.max(links, EF_CONSTRUCTION), false, false, SEED, code, true);
        graph = LiveGraph.build(parameters, lifetime, rows, Ids.ORDINALS, threads, Progress.NONE);
    }

    private static Memory copy(Rows centroids, float[] spreads, int dimension) {
        Memory memory = Memory.allocate((long) centroids.size() * dimension * Float.BYTES);
        float[] row = new float[dimension];
        for (int i = 0; i < centroids.size(); i++) {
            row[dimension - 1] = spreads[i];
            MemorySegment.copy(centroids.base(), Memory.FLOAT, centroids.at(i), row, 0, centroids.dimension());
            MemorySegment.copy(row, 0, memory.segment(), Memory.FLOAT, (long) i * dimension * Float.BYTES, dimension);
        }
        return memory;
    }

    /** The centroids nearest to a query, nearest first; now and then one is missed, or there are fewer. */
    Found nearest(float[] query, int wanted) {
        float[] vector = query;
        if (widened) {
            vector = Arrays.copyOf(query, query.length + 1);
            vector[query.length] = (float) Norms.of(query);
        }
        return graph.search(vector, wanted, wanted + HELD_MORE, 0, null, Stop.NEVER);
    }

    long bytes() {
        return memory.bytes() + norms.memory().bytes() + graph.bytes();
    }

    @Override
    public void close() {
        lifetime.close();
        graph.close();
        norms.memory().close();
        memory.close();
    }
}
