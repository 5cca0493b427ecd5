package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.graph.Graph.Entry;
import dev.vicino.io.Progress;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Parallel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Insertions into a graph, by any number of threads at once while nobody removes, each with an {@link Inserter} of its own. These take one
 * stripe of the graph's locks at a time.
 */
final class Insertions {
    /** Nodes that are inserted by one thread before others join in: the first ones must find each other. */
    private static final int FIRST_ALONE = 256;

    /** Nodes handed to a thread at a time. */
    private static final int PIECE = 64;

    private final Parts parts;
    private final GraphParameters parameters;
    private final RowStore rows;
    private final Graph graph;
    private final Space space;
    private final Drift drift;
    private final Queue<Inserter> idle = new ConcurrentLinkedQueue<>();

    Insertions(Parts parts, Drift drift) {
        this.parts = parts;
        this.drift = drift;
        this.parameters = parts.parameters();
        this.rows = parts.rows();
        this.graph = parts.graph();
        this.space = parts.space();
    }

    /** Encodes and links the rows that are there to begin with. Nobody searches yet. */
    void insertFirst(int threads, Progress progress) {
        int size = rows.firstSize();
        long all = size;
        progress.update(0, all);
        int alone = Math.min(size, FIRST_ALONE);
        insertFirst(0, alone);
        AtomicLong done = new AtomicLong(alone);
        Parallel.run(Math.ceilDiv(size - alone, PIECE), threads, piece -> {
            int from = alone + piece * PIECE;
            int to = Math.min(size, from + PIECE);
            insertFirst(from, to);
            progress.update(done.addAndGet(to - from), all);
        });
        progress.update(all, all);
    }

    private void insertFirst(int from, int to) {
        Coded now = space.coded();
        Code code = now.learnt().code();
        Code.Encoder encoder = code == null ? null : code.encoder();
        float[] row = new float[rows.dimension()];
        for (int slot = from; slot < to; slot++) {
            rows.get(slot, row);
            if (encoder != null) {
                encoder.encode(row, now.blocks().base(slot), now.blocks().at(slot));
            }
            graph.layer(slot, parameters.layer(slot));
            insert(slot, row);
        }
    }

    /** Links a slot whose row and code are in their places. The caller sees to it that no slot is used again meanwhile. */
    void insert(int slot, float[] row) {
        int layer = graph.layer(slot);
        Entry entry = graph.begin(new Entry(slot, layer));
        if (entry != null) {
            int size = graph.size(); // after the entry and before the blocks: these are there for all of them
            Inserter inserter = inserter(space.coded());
            inserter.insert(slot, layer, row, entry, size);
            idle.add(inserter);
        }
    }

    private Inserter inserter(Coded now) {
        // Links are for good, codes are not: learnt from few vectors, or from others, these do not lead the way.
        Learnt learnt = now.learnt();
        boolean byRows = learnt.code() == null || !learnt.isFirm() || drift.isMoving();
        Inserter known = idle.poll();
        if (known != null && known.walk().origin().equals(now) && known.isByRows() == byRows) {
            return known;
        }
        Walk walk =
                new Walk(graph, byRows ? new RowScorer(rows, learnt.sphere()) : now.scorer(rows), now.blocks(), now);
        return new Inserter(
                graph,
                walk,
                parts.neighbourhood(learnt.sphere()),
                parts.linker(learnt.sphere()),
                parameters.efConstruction(),
                parameters.extendCandidates(),
                space.present());
    }
}
