package dev.vicino.graph;

import dev.vicino.rows.RowScorer;
import dev.vicino.scan.Sortable;
import java.util.Arrays;

/**
 * Chooses the links of a node from candidates: Algorithm 4 of the paper, by exact distances. Scratch memory of one thread.
 *
 * <p>A candidate is taken if it is nearer to the node than to any taken before: links then lead in all directions. Links that must stay
 * are taken whatever lies before them.
 */
final class Neighbourhood {
    private static final int GROUP = 4;

    private final Graph graph;
    private final RowScorer node;
    private final RowScorer candidate;
    private final boolean keepPruned;
    /** Candidates: the distance in the form that sorts, then the slot. */
    private long[] entries = new long[256];

    private int size;
    private final int[] slots;
    private final float[] distances;
    private int[] chosen;
    private int[] chosenDistances;
    private int[] pruned = new int[256];
    private final int[] group = new int[GROUP];
    private final float[] groupDistances = new float[GROUP];
    private final int[] groupOwn = new int[GROUP];

    Neighbourhood(Graph graph, RowScorer node, RowScorer candidate, boolean keepPruned) {
        this.graph = graph;
        this.node = node;
        this.candidate = candidate;
        this.keepPruned = keepPruned;
        this.slots = new int[GROUP * graph.m0()];
        this.distances = new float[slots.length];
        this.chosen = new int[graph.m0() + 1];
        this.chosenDistances = new int[graph.m0() + 1];
    }

    /** Begins with no candidates, for a node that {@link #node} is prepared with. */
    void clear() {
        size = 0;
    }

    /** Adds candidates whose distances from the node are computed here. */
    void addAll(int[] candidates, int count) {
        for (int from = 0; from < count; from += slots.length) {
            int some = Math.min(slots.length, count - from);
            System.arraycopy(candidates, from, slots, 0, some);
            node.score(slots, some, distances);
            for (int i = 0; i < some; i++) {
                add(slots[i], distances[i]);
            }
        }
    }

    /** Adds a candidate. */
    void add(int slot, float distance) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
        }
        entries[size++] = (long) Sortable.of(distance) << 32 | slot;
    }

    private int slot(int place) {
        return (int) entries[place];
    }

    /** Sorts the candidates, drops those that are there twice, and tells how many there are. */
    int sort() {
        Arrays.sort(entries, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || entries[i] != entries[kept - 1]) {
                entries[kept++] = entries[i];
            }
        }
        size = kept;
        return size;
    }

    /** A candidate's slot, after {@link #sort}: nearest first. */
    int candidate(int place) {
        return slot(place);
    }

    /**
     * Chooses at most {@code max} of the sorted candidates.
     *
     * @param of the node, whose parent and children are taken first; {@link Graph#NONE} for none
     * @return how many; {@link #chosen} has them, nearest first but for those that must stay
     */
    int choose(int max, int of) {
        int taken = 0;
        if (of != Graph.NONE) {
            int parent = graph.parent(of);
            for (int i = 0; i < size; i++) {
                int slot = slot(i);
                if (slot == parent || graph.parent(slot) == of) {
                    taken = take(i, taken);
                }
            }
        }
        if (size <= max) {
            for (int i = 0; i < size; i++) {
                if (!isChosen(slot(i), taken)) {
                    taken = take(i, taken);
                }
            }
            return taken;
        }
        int behind = 0;
        for (int i = 0; i < size && taken < max; i++) {
            if (isChosen(slot(i), taken)) {
                continue;
            }
            if (isBehind(i, taken)) {
                if (behind == pruned.length) {
                    pruned = Arrays.copyOf(pruned, 2 * behind);
                }
                pruned[behind++] = i;
            } else {
                taken = take(i, taken);
            }
        }
        for (int i = 0; keepPruned && i < behind && taken < max; i++) {
            taken = take(pruned[i], taken);
        }
        return taken;
    }

    /**
     * Keeps links and adds some of the other sorted candidates: those that do not lie behind any, then the nearest.
     *
     * @param kept the links to keep, {@code count} of them, candidates too
     * @param least that there are to be, if there are so many candidates
     * @param more that do not lie behind others, at most so many
     * @return how many there are then; {@link #chosen} has those to keep and behind them those added
     */
    int add(int max, int[] kept, int count, int least, int more) {
        int taken = 0;
        for (int i = 0; i < size; i++) {
            if (Linker.contains(kept, count, slot(i))) {
                taken = take(i, taken);
            }
        }
        int limit = Math.min(max, taken + more);
        for (int i = 0; i < size && taken < limit; i++) {
            if (!isChosen(slot(i), taken) && !isBehind(i, taken)) {
                taken = take(i, taken);
            }
        }
        for (int i = 0; i < size && taken < least; i++) {
            if (!isChosen(slot(i), taken)) {
                taken = take(i, taken);
            }
        }
        return taken;
    }

    private int take(int place, int taken) {
        chosen[taken] = slot(place);
        chosenDistances[taken] = (int) (entries[place] >>> 32);
        return taken + 1;
    }

    private boolean isChosen(int slot, int taken) {
        for (int i = 0; i < taken; i++) {
            if (chosen[i] == slot) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of those taken that lie nearer to the node is nearer to a candidate than the node is. */
    private boolean isBehind(int place, int taken) {
        if (taken == 0) {
            return false;
        }
        candidate.prepareSlot(slot(place));
        int distance = (int) (entries[place] >>> 32);
        int count = 0;
        for (int i = 0; i < taken; i++) {
            if (chosenDistances[i] <= distance) {
                groupOwn[count] = chosenDistances[i];
                group[count++] = chosen[i];
            }
            if (count == GROUP || (i == taken - 1 && count > 0)) {
                candidate.score(group, count, groupDistances);
                for (int j = 0; j < count; j++) {
                    int between = Sortable.of(groupDistances[j]);
                    // Copies of a row do not fill a list, and a copy of the node itself does not hide all others.
                    if (between < distance || (between == distance && groupOwn[j] == distance)) {
                        return true;
                    }
                }
                count = 0;
            }
        }
        return false;
    }

    int[] chosen() {
        return chosen;
    }

    /** Compares with the node. */
    RowScorer node() {
        return node;
    }
}
