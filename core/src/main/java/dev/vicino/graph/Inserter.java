package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import dev.vicino.rows.RowScorer;
import dev.vicino.scan.Stop;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Inserts nodes: Algorithm 1 of the paper. The walk goes by the code; whom a node is linked with is decided by exact distances.
 *
 * <p>Scratch memory of one thread. Several threads may insert at once, each by one of these; who removes must be alone.
 */
final class Inserter {
    /** A walk by code finds more than are compared exactly: those at its end have no chance. */
    private static final int MAX_EXACT = 100;

    private final Graph graph;
    private final Walk walk;
    private final Neighbourhood own;
    private final Linker linker;
    private final int efConstruction;
    private final boolean extendCandidates;
    private final boolean byRows;
    private final IntPredicate present;
    private int[] candidates = new int[256];
    private final int[] links;

    Inserter(
            Graph graph,
            Walk walk,
            Neighbourhood own,
            Linker linker,
            int efConstruction,
            boolean extendCandidates,
            IntPredicate present) {
        this.graph = graph;
        this.walk = walk;
        this.own = own;
        this.linker = linker;
        this.efConstruction = efConstruction;
        this.extendCandidates = extendCandidates;
        this.byRows = walk.scorer() instanceof RowScorer;
        this.present = present;
        this.links = new int[graph.m0()];
    }

    Walk walk() {
        return walk;
    }

    /** Whether the walk goes by the rows themselves. */
    boolean isByRows() {
        return byRows;
    }

    /**
     * Links a node whose row and code are in their places.
     *
     * @param entry where to begin, as it was before {@code size} was read
     * @param size slots that the walk's blocks have
     */
    void insert(int slot, int layer, float[] vector, Entry entry, int size) {
        walk.scorer().prepareNode(vector);
        walk.begin(Stop.NEVER, size);
        int from = walk.descend(entry, layer);
        int top = Math.min(layer, entry.layer());
        int[][] neighbours = new int[top + 1][];
        for (int l = top; l >= 0; l--) {
            walk.search(from, efConstruction, l);
            from = walk.beam().slot(0);
            own.node().prepareNode(vector);
            collect(slot, l);
            own.sort();
            int count = own.choose(graph.m(), Graph.NONE);
            neighbours[l] = Arrays.copyOf(own.chosen(), count);
        }
        for (int l = 0; l <= top; l++) { // upwards, for who finds a node on a layer goes on from there downwards
            linkOwn(slot, l, neighbours[l]);
            linkBack(slot, l, neighbours[l]);
        }
        if (layer > entry.layer()) {
            raise(slot, layer);
        }
    }

    private void raise(int slot, int layer) {
        synchronized (graph) {
            Entry entry = graph.entry();
            if (entry == null || layer > entry.layer()) {
                graph.entry(new Entry(slot, layer));
            }
        }
    }

    private void collect(int slot, int layer) {
        Beam beam = walk.beam();
        own.clear();
        int count = 0;
        int limit = byRows ? beam.size() : Math.min(beam.size(), Math.max(MAX_EXACT, 2 * graph.m0()));
        for (int i = 0; i < limit; i++) {
            int candidate = beam.slot(i);
            if (candidate == slot || !present.test(candidate)) {
                continue;
            }
            if (byRows && !extendCandidates) {
                own.add(candidate, beam.distance(i));
            } else {
                count = keep(candidate, count);
            }
            if (extendCandidates) {
                int number = graph.links(candidate, layer, links);
                for (int j = 0; j < number; j++) {
                    if (links[j] != slot && links[j] < walk.size() && present.test(links[j])) {
                        count = keep(links[j], count);
                    }
                }
            }
        }
        Arrays.sort(candidates, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || candidates[i] != candidates[i - 1]) {
                candidates[distinct++] = candidates[i];
            }
        }
        own.addAll(candidates, distinct);
    }

    private int keep(int candidate, int count) {
        if (count == candidates.length) {
            candidates = Arrays.copyOf(candidates, 2 * count);
        }
        candidates[count] = candidate;
        return count + 1;
    }

    /** Others may have linked to this node since it could be found on a higher layer, and it back to them. */
    private void linkOwn(int slot, int layer, int[] chosen) {
        synchronized (graph.lock(slot)) {
            int count = graph.links(slot, layer, links);
            int all = chosen.length;
            int[] merged = Arrays.copyOf(chosen, all + count);
            for (int i = 0; i < count && all < graph.maxLinks(layer); i++) {
                if (!Linker.contains(merged, all, links[i])) {
                    merged[all++] = links[i];
                }
            }
            graph.links(slot, layer, merged, all);
        }
    }

    private void linkBack(int slot, int layer, int[] chosen) {
        boolean adopted = layer > 0 || graph.isAttached(slot);
        for (int neighbour : chosen) {
            if (!adopted && linker.adopt(neighbour, slot)) {
                adopted = true;
            } else {
                linker.link(neighbour, slot, layer);
            }
        }
        Beam beam = walk.beam();
        for (int i = 0; !adopted && i < beam.size(); i++) {
            int candidate = beam.slot(i);
            adopted = candidate != slot && present.test(candidate) && linker.adopt(candidate, slot);
        }
        if (!adopted) {
            linker.adoptBelow(graph.root(), slot);
        }
    }
}
