package dev.vicino.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Links nodes with each other, and keeps the tree of parents. Scratch memory of one thread; several threads may link at once, each by
 * one of these.
 */
final class Linker {
    private final Graph graph;
    private final Neighbourhood neighbourhood;
    private final IntPredicate present;
    private final int[] links;
    private final int[] own;

    Linker(Graph graph, Neighbourhood neighbourhood, IntPredicate present) {
        this.graph = graph;
        this.neighbourhood = neighbourhood;
        this.present = present;
        this.links = new int[graph.m0() + 1];
        this.own = new int[graph.m0()];
    }

    /** Gives a node a link; where it has no room its links are chosen anew, and this one may not be among them. */
    void link(int of, int to, int layer) {
        synchronized (graph.lock(of)) {
            linkLocked(of, to, layer);
        }
    }

    private void linkLocked(int of, int to, int layer) {
        if (!linkWhereThereIsRoom(of, to, layer)) {
            int count = graph.maxLinks(layer);
            links[count] = to;
            choose(of, links, count + 1, layer);
        }
    }

    /** Gives a node a link if it has room, and tells whether it has the link now; else {@link #links} are those that it has. */
    private boolean linkWhereThereIsRoom(int of, int to, int layer) {
        int count = graph.links(of, layer, links);
        if (contains(links, count, to)) {
            return true;
        }
        if (count >= graph.maxLinks(layer)) {
            return false;
        }
        links[count] = to;
        graph.links(of, layer, links, count + 1);
        return true;
    }

    /** Chooses the links of a node among candidates. The caller holds its lock, or is alone. */
    private void choose(int of, int[] candidates, int count, int layer) {
        consider(of, candidates, count);
        int chosen = neighbourhood.choose(graph.maxLinks(layer), layer == 0 ? of : Graph.NONE);
        graph.links(of, layer, neighbourhood.chosen(), chosen);
    }

    /**
     * Gives a node other links, chosen among candidates, for those to nodes that are gone: as many as these were, or more. The other nodes
     * lead back to it, as after an insertion, where they have room. The caller is alone.
     *
     * @param more that lie in directions of their own, at most so many
     */
    void replace(int of, int[] candidates, int count, int layer, int more) {
        int number = graph.links(of, layer, links);
        int kept = 0;
        for (int i = 0; i < number; i++) {
            links[kept] = links[i];
            kept += present.test(links[i]) ? 1 : 0;
        }
        int[] all = Arrays.copyOf(links, kept + count);
        System.arraycopy(candidates, 0, all, kept, count);
        consider(of, all, all.length);
        int chosen = neighbourhood.add(graph.maxLinks(layer), links, kept, number, more);
        int[] now = neighbourhood.chosen();
        graph.links(of, layer, now, chosen);
        for (int i = kept; i < chosen; i++) {
            linkWhereThereIsRoom(now[i], of, layer);
        }
    }

    private void consider(int of, int[] candidates, int count) {
        neighbourhood.node().prepareSlot(of);
        neighbourhood.clear();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (candidates[i] != of && present.test(candidates[i])) {
                candidates[kept++] = candidates[i];
            }
        }
        neighbourhood.addAll(candidates, kept);
        neighbourhood.sort();
    }

    /**
     * Makes a node the child of another one, if that has room for it: links them both ways, for good.
     *
     * @return whether it had room and is in the tree itself
     */
    boolean adopt(int parent, int child) {
        synchronized (graph.lock(parent)) {
            if (!graph.isAttached(parent) || children(parent) >= graph.maxChildren()) {
                return false;
            }
            graph.parent(child, parent);
            linkLocked(parent, child, 0);
        }
        link(child, parent, 0);
        return true;
    }

    /** Children of a node. */
    int children(int slot) {
        int count = graph.links(slot, 0, own);
        int children = 0;
        for (int i = 0; i < count; i++) {
            children += graph.parent(own[i]) == slot ? 1 : 0;
        }
        return children;
    }

    /** Makes a node the child of the nearest of the descendants of another one that has room. */
    void adoptBelow(int ancestor, int child) {
        int parent = ancestor;
        while (!adopt(parent, child)) {
            parent = aChild(parent, child);
        }
    }

    /** One of the children of a node that has as many as it may: any, lest all go down one path. */
    private int aChild(int slot, int descendant) {
        int count = graph.links(slot, 0, own);
        int skip = (int) (((((long) slot << 32) ^ descendant) * 0x9E3779B97F4A7C15L) >>> 33) % graph.maxChildren();
        int last = slot;
        for (int i = 0; i < count && skip >= 0; i++) {
            if (graph.parent(own[i]) == slot) {
                last = own[i];
                skip--;
            }
        }
        return last;
    }

    static boolean contains(int[] slots, int count, int slot) {
        for (int i = 0; i < count; i++) {
            if (slots[i] == slot) {
                return true;
            }
        }
        return false;
    }
}
