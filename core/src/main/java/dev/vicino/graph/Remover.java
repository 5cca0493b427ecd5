package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes nodes out and mends the graph around them. Whoever led to a node keeps its other links and gets some of those that the node
 * had, both ways, as in FreshDiskANN (arXiv:2105.09613), but at once, as in IP-DiskANN (arXiv:2502.13826): those who lead to a node are looked for
 * among the neighbours of its neighbours. The few that are not found there lead to it until {@link #forget} comes by; till then the node
 * is passed through and never found.
 *
 * <p>Scratch memory of one thread, which must be the only one that changes the graph.
 */
final class Remover {
    /** Choosing all links anew would make lists thinner with every removal; more in directions of their own gain no recall. */
    private static final int DIRECTIONS = 2;

    private final Graph graph;
    private final Linker linker;
    private final IntPredicate present;
    private final IntPredicate usable;
    private final int[] links;
    private final int[] others;
    private int[] holders = new int[256];

    /**
     * Of a graph.
     *
     * @param present whether a slot is in the graph
     * @param usable whether a slot may have had a node
     */
    Remover(Graph graph, Linker linker, IntPredicate present, IntPredicate usable) {
        this.graph = graph;
        this.linker = linker;
        this.present = present;
        this.usable = usable;
        this.links = new int[graph.m0()];
        this.others = new int[graph.m0()];
    }

    /** Takes out a node that is not alive any more. */
    void remove(int slot) {
        int children = detach(slot);
        for (int layer = graph.layer(slot); layer >= 0; layer--) {
            mend(slot, layer);
        }
        Entry entry = graph.entry();
        if (entry != null && entry.slot() == slot) {
            graph.entry(successor(slot));
        }
        reattach(slot, children);
    }

    /** Takes a node out of the tree; its children go to the front of {@link #holders}. */
    private int detach(int slot) {
        int count = graph.links(slot, 0, links);
        int children = 0;
        for (int i = 0; i < count; i++) {
            if (graph.parent(links[i]) == slot) {
                holders[children++] = links[i];
                graph.parent(links[i], Graph.NONE);
            }
        }
        if (slot == graph.root()) {
            graph.root(children == 0 ? Graph.NONE : holders[0]);
        }
        orphans = Arrays.copyOf(holders, children);
        grandparent = graph.parent(slot);
        graph.parent(slot, Graph.NONE);
        return children;
    }

    private int[] orphans = {};
    private int grandparent;

    /** Gives every child a parent again that is not among its own descendants. */
    private void reattach(int slot, int children) {
        int count = graph.links(slot, 0, links);
        int[] near = Arrays.copyOf(links, count);
        for (int i = 0; i < children; i++) {
            int orphan = orphans[i];
            if (orphan == graph.root()) {
                continue;
            }
            boolean adopted = grandparent != Graph.NONE && linker.adopt(grandparent, orphan);
            for (int j = 0; !adopted && j < near.length; j++) {
                adopted = present.test(near[j]) && isBelowRoot(near[j]) && linker.adopt(near[j], orphan);
            }
            int number = graph.links(orphan, 0, others);
            int[] around = Arrays.copyOf(others, number);
            for (int j = 0; !adopted && j < around.length; j++) {
                adopted = present.test(around[j]) && isBelowRoot(around[j]) && linker.adopt(around[j], orphan);
            }
            if (!adopted) {
                linker.adoptBelow(graph.root(), orphan);
            }
        }
    }

    private boolean isBelowRoot(int slot) {
        int ancestor = slot;
        while (graph.parent(ancestor) != Graph.NONE) {
            ancestor = graph.parent(ancestor);
        }
        return ancestor == graph.root();
    }

    private void mend(int slot, int layer) {
        int[] neighbours = Arrays.copyOf(links, graph.links(slot, layer, links));
        int found = holders(slot, neighbours, layer);
        for (int i = 0; i < found; i++) {
            linker.replace(holders[i], neighbours, neighbours.length, layer, DIRECTIONS);
        }
    }

    /** Brings those who lead to a node to the front of {@link #holders}, and tells how many there are. */
    private int holders(int slot, int[] neighbours, int layer) {
        int met = 0;
        for (int neighbour : neighbours) {
            int number = graph.links(neighbour, layer, others);
            if (met + number >= holders.length) {
                holders = Arrays.copyOf(holders, 2 * holders.length + number);
            }
            holders[met++] = neighbour;
            System.arraycopy(others, 0, holders, met, number);
            met += number;
        }
        Arrays.sort(holders, 0, met);
        int found = 0;
        for (int i = 0; i < met; i++) {
            boolean known = i > 0 && holders[i] == holders[i - 1];
            if (!known && present.test(holders[i]) && leadsTo(holders[i], slot, layer)) {
                holders[found++] = holders[i];
            }
        }
        return found;
    }

    private boolean leadsTo(int node, int slot, int layer) {
        return Linker.contains(others, graph.links(node, layer, others), slot);
    }

    /** The node on the highest layer that is alive; null where none is. */
    private @Nullable Entry successor(int slot) {
        for (int layer = graph.layer(slot); layer > 0; layer--) {
            int count = graph.links(slot, layer, links);
            for (int i = 0; i < count; i++) {
                if (present.test(links[i])) {
                    return new Entry(links[i], graph.layer(links[i]));
                }
            }
        }
        Entry highest = null;
        for (int i = 0; i < graph.size(); i++) {
            if (present.test(i) && (highest == null || graph.layer(i) > highest.layer())) {
                highest = new Entry(i, graph.layer(i));
            }
        }
        return highest;
    }

    /**
     * Takes links to nodes that are not alive out of the lists of some nodes: also of removed ones, for those that are removed while all
     * lists are gone through are still led to, and would lead on to slots that others have by then.
     */
    void forget(int from, int to) {
        for (int slot = from; slot < to; slot++) {
            if (!usable.test(slot)) {
                continue;
            }
            for (int layer = graph.layer(slot); layer >= 0; layer--) {
                int count = graph.links(slot, layer, links);
                int kept = 0;
                for (int i = 0; i < count; i++) {
                    links[kept] = links[i];
                    kept += present.test(links[i]) ? 1 : 0;
                }
                if (kept < count) {
                    graph.links(slot, layer, links, kept);
                }
            }
        }
    }
}
