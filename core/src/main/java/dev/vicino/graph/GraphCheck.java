package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.IntStack;
import dev.vicino.rows.SlotSet;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Looks at all of a graph that nobody changes meanwhile: degrees, ids in range, no self links, the tree of parents, reachability. */
final class GraphCheck {
    private final Graph graph;
    private final SlotSet alive;
    private final IdTable ids;
    private final int[] links;

    GraphCheck(Graph graph, SlotSet alive, IdTable ids) {
        this.graph = graph;
        this.alive = alive;
        this.ids = ids;
        this.links = new int[graph.m0()];
    }

    void run() {
        Entry entry = graph.entry();
        require((entry == null) == (alive.count() == 0), "entry is %s with %d nodes alive", entry, alive.count());
        int count = 0;
        for (int slot = 0; slot < graph.size(); slot++) {
            if (alive.test(slot)) {
                count++;
                checkNode(slot);
            }
        }
        require(count == alive.count(), "%d nodes are alive, expected %d", count, alive.count());
        require(ids.count() == count, "%d ids have a slot, expected %d", ids.count(), count);
        if (entry != null) {
            require(alive.test(entry.slot()), "the entry %s is not alive", entry);
            require(
                    graph.layer(entry.slot()) == entry.layer(),
                    "the entry %s is on layer %d",
                    entry,
                    graph.layer(entry.slot()));
            checkReachable(entry.slot(), count);
        }
    }

    /** The tree alone, which changes rely on. */
    void checkTree() {
        for (int slot = 0; slot < graph.size(); slot++) {
            if (alive.test(slot)) {
                checkParent(slot);
            }
        }
    }

    private void checkNode(int slot) {
        require(
                ids.slot(ids.of(slot)) == slot,
                "id %d of node %d has slot %d",
                ids.of(slot),
                slot,
                ids.slot(ids.of(slot)));
        for (int layer = 0; layer <= graph.layer(slot); layer++) {
            int count = graph.links(slot, layer, links);
            require(count <= graph.maxLinks(layer), "node %d has %d links on layer %d", slot, count, layer);
            int[] sorted = Arrays.copyOf(links, count);
            Arrays.sort(sorted);
            for (int i = 0; i < count; i++) {
                int other = sorted[i];
                require(other >= 0 && other < graph.size(), "node %d is linked to %d of %d", slot, other, graph.size());
                require(other != slot, "node %d is linked to itself on layer %d", slot, layer);
                require(i == 0 || other != sorted[i - 1], "node %d is linked twice to %d", slot, other);
                require(
                        !alive.test(other) || graph.layer(other) >= layer,
                        "node %d is linked on layer %d to %d, which is not on it",
                        slot,
                        layer,
                        other);
            }
        }
        checkParent(slot);
    }

    private void checkParent(int slot) {
        int parent = graph.parent(slot);
        if (slot == graph.root()) {
            require(parent == Graph.NONE, "the root %d has parent %d", slot, parent);
            return;
        }
        require(parent >= 0 && alive.test(parent), "the parent of node %d is %d, expected one alive", slot, parent);
        require(isLinked(parent, slot), "node %d is not linked to its child %d", parent, slot);
        require(isLinked(slot, parent), "node %d is not linked to its parent %d", slot, parent);
    }

    private boolean isLinked(int from, int to) {
        return Linker.contains(links, graph.links(from, 0, links), to);
    }

    private void checkReachable(int from, int expected) {
        BitSet seen = new BitSet(graph.size());
        IntStack next = new IntStack();
        seen.set(from);
        next.push(from);
        int reached = 0;
        while (!next.isEmpty()) {
            int slot = next.pop();
            reached++;
            int count = graph.links(slot, 0, links);
            for (int i = 0; i < count; i++) {
                if (alive.test(links[i]) && !seen.get(links[i])) {
                    seen.set(links[i]);
                    next.push(links[i]);
                }
            }
        }
        require(reached == expected, "%d nodes can be reached from node %d, expected %d", reached, from, expected);
    }

    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    private static void require(boolean condition, String message, @Nullable Object... arguments) {
        if (!condition) {
            throw new IllegalStateException(message.formatted(arguments));
        }
    }
}
