package dev.vicino.graph;

import dev.vicino.code.Scorer;
import dev.vicino.graph.Graph.Entry;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Stop;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Searches a graph: Algorithms 2 and 5 of the paper. Holds the scratch memory of one search after another; not safe for use by several
 * threads.
 */
final class Walk {
    /** Most links of a block are in a line that scoring has not touched; so far behind the number of links. */
    private static final int LINK_LINE = 20;

    /** Reading the clock costs some 25 ns, a step some thousand. */
    private static final int STEPS_A_LOOK = 4;

    private static final int LINE = 64;

    private final Graph graph;
    private final Scorer scorer;
    private final Slots blocks;
    private final Object origin;
    private final int linkLine;
    private int size;
    private final Beam beam = new Beam();
    private final Visited visited = new Visited();
    private int[] batch;
    private final int[] links;
    private final int[] bridges;
    private float[] distances;
    private int[] scannedSlots = {};
    private float[] scannedDistances = {};
    private int scanned;
    private Stop stop = Stop.NEVER;
    private long compared;
    private long hops;
    private boolean complete;
    private long sink;

    /**
     * Of a graph.
     *
     * @param scorer of the codes in these blocks
     * @param origin what the scorer and the blocks were taken from
     */
    Walk(Graph graph, Scorer scorer, Slots blocks, Object origin) {
        this.graph = graph;
        this.scorer = scorer;
        this.blocks = blocks;
        this.origin = origin;
        this.linkLine = graph.linksAt() + Math.min(LINK_LINE, 4 * graph.m0());
        this.batch = new int[8 * graph.m0()];
        this.links = new int[graph.m0()];
        this.bridges = new int[2 * graph.m0()];
        this.distances = new float[batch.length];
    }

    /**
     * Begins a search.
     *
     * @param size as the graph had it before the blocks were read; nodes of later slots are left out
     */
    void begin(Stop stop, int size) {
        this.stop = stop;
        this.size = size;
        compared = 0;
        hops = 0;
        complete = !stop.isNow();
    }

    Beam beam() {
        return beam;
    }

    long compared() {
        return compared;
    }

    long hops() {
        return hops;
    }

    /** Whether time is over; see {@link Stop#isNow}. */
    boolean isStopped() {
        return stop.isNow();
    }

    boolean isComplete() {
        return complete;
    }

    /** The node nearest to the query that going from neighbour to neighbour finds, from the top down to above a layer. */
    int descend(Entry entry, int layer) {
        int nearest = entry.slot();
        batch[0] = nearest;
        score(1);
        float distance = distances[0];
        for (int l = entry.layer(); l > layer; l--) {
            boolean nearer = true;
            while (nearer) {
                nearer = false;
                hops++;
                int count = known(nearest, l, batch);
                score(count);
                for (int i = 0; i < count; i++) {
                    if (distances[i] < distance) {
                        distance = distances[i];
                        nearest = batch[i];
                        nearer = true;
                    }
                }
            }
        }
        return nearest;
    }

    /** Copies the links of a node, but for those to nodes that came later than this search. */
    private int known(int slot, int layer, int[] into) {
        int count = graph.links(slot, layer, into);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            into[kept] = into[i];
            kept += graph.isNode(into[i], size) ? 1 : 0;
        }
        return kept;
    }

    private void score(int count) {
        if (count > 0) {
            scorer.score(batch, count, distances);
            compared += count;
        }
    }

    /** Fills the beam with the nearest nodes of a layer that a walk from one node finds. */
    void search(int from, Width width, int layer) {
        start(from, width);
        int steps = 0;
        for (int slot = beam.follow(); slot != Graph.NONE; slot = beam.follow()) {
            if ((++steps & STEPS_A_LOOK - 1) == 0 && stop.isNow()) {
                complete = false;
                return;
            }
            hops++;
            int count = layer == 0 ? unseenAroundTwo(slot) : unseen(known(slot, layer, batch));
            score(count);
            beam.addAll(batch, distances, count);
        }
    }

    /**
     * Puts the neighbours of a node and of the next one to follow in the batch: what is read from memory for both is waited for once,
     * and the next one would nearly always be followed anyway.
     */
    private int unseenAroundTwo(int slot) {
        int count = unseenAround(slot, 0);
        int next = beam.follow();
        if (next != Graph.NONE) {
            hops++;
            count = unseenAround(next, count);
        }
        touchNext();
        return count;
    }

    private void start(int from, Width width) {
        visited.clear(size);
        beam.clear(width);
        visited.add(from);
        batch[0] = from;
        score(1);
        beam.addAll(batch, distances, 1);
    }

    /** Begins to fetch the links that are likely to be followed next. */
    private void touchNext() {
        int place = beam.unfollowed(0);
        for (int i = 0; i < 2 && place < beam.size(); i++) {
            touch(beam.slot(place));
            place = beam.unfollowed(place + 1);
        }
    }

    private MemorySegment segment(int slot) {
        return Memory.DIRECT ? Memory.ALL : blocks.base(slot);
    }

    /** Puts the neighbours of a node on layer 0 that were not met before in the batch, behind those that are there; tells how many are. */
    private int unseenAround(int slot, int before) {
        MemorySegment base = segment(slot);
        long at = blocks.at(slot) + graph.linksAt();
        int count = Math.clamp(base.get(Memory.INT, at), 0, graph.m0());
        int[] batch = this.batch;
        long[] words = visited.words();
        int kept = before;
        for (int i = 1; i <= count; i++) {
            int neighbour = base.get(Memory.INT, at + 4L * i);
            if (!graph.isNode(neighbour, size)) {
                continue; // came later than this search, or is damage
            }
            long word = words[neighbour >>> 6];
            long bit = 1L << neighbour;
            batch[kept] = neighbour;
            kept += (word & bit) == 0 ? 1 : 0;
            words[neighbour >>> 6] = word | bit;
        }
        visited.met(batch, before, kept);
        return kept;
    }

    /** Keeps those of the batch that were not met before. */
    private int unseen(int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (visited.add(batch[i])) {
                batch[kept++] = batch[i];
            }
        }
        return kept;
    }

    /**
     * Fills the beam with the nearest allowed nodes of layer 0 that a walk finds. Only allowed nodes are compared; where a neighbour is
     * not allowed its neighbours are looked at instead, so that the walk gets across (ACORN-1, arXiv:2403.04871).
     *
     * @param seeds allowed nodes to begin with beside the usual one, for filters whose nodes lie far from the query
     */
    void searchAllowed(int from, int[] seeds, Width width, Bitmap allowed) {
        visited.clear(size);
        beam.clear(width);
        int count = 0;
        reserve(seeds.length + 1);
        for (int seed : seeds) {
            if (seed < size && visited.add(seed)) {
                batch[count++] = seed;
            }
        }
        if (visited.add(from) && allowed.get(from)) {
            batch[count++] = from;
        }
        score(count);
        beam.addAll(batch, distances, count);
        int steps = 0;
        for (int slot = from; slot != Graph.NONE; slot = beam.follow()) {
            if ((++steps & STEPS_A_LOOK - 1) == 0 && stop.isNow()) {
                complete = false;
                return;
            }
            hops++;
            count = allowedAroundTwo(slot, allowed);
            score(count);
            beam.addAll(batch, distances, count);
        }
    }

    private void reserve(int count) {
        if (batch.length < count) {
            batch = new int[2 * count];
            distances = new float[2 * count];
        }
    }

    /**
     * Puts the allowed nodes around a node and the next one to follow in the batch, and those behind their other neighbours; tells how many
     * are. The links of those neighbours are fetched all at once: memory is waited for once, not once for each.
     */
    private int allowedAroundTwo(int slot, Bitmap allowed) {
        int count = addAllowed(slot, 0, allowed);
        int bridging = addBridges(slot, 0);
        int next = beam.follow();
        if (next != Graph.NONE) {
            hops++;
            count = addAllowed(next, count, allowed);
            bridging = addBridges(next, bridging);
        }
        for (int i = 0; i < bridging; i++) {
            touchLinks(bridges[i]);
        }
        int enough = count + 3 * graph.m0(); // fewer cost more steps than they save, more are compared in vain
        for (int i = 0; i < bridging && count < enough; i++) {
            count = addAllowed(bridges[i], count, allowed);
        }
        touchNext();
        return count;
    }

    /** Collects the neighbours of a node that were not met before, behind those that are there; tells how many there are. */
    private int addBridges(int slot, int before) {
        int count = before;
        int number = known(slot, 0, links);
        for (int i = 0; i < number; i++) {
            if (visited.add(links[i])) {
                bridges[count++] = links[i];
            }
        }
        return count;
    }

    /** Puts the allowed neighbours of a node that were not met before in the batch. */
    private int addAllowed(int slot, int before, Bitmap allowed) {
        MemorySegment base = segment(slot);
        long at = blocks.at(slot) + graph.linksAt();
        int number = Math.clamp(base.get(Memory.INT, at), 0, graph.m0());
        int end = Math.min(size, allowed.size());
        int[] batch = this.batch;
        long[] may = allowed.words();
        int candidates = before;
        for (int i = 1; i <= number; i++) {
            int neighbour = base.get(Memory.INT, at + 4L * i);
            if (Integer.compareUnsigned(neighbour, end) >= 0) {
                continue;
            }
            batch[candidates] = neighbour;
            candidates += (int) (may[neighbour >>> 6] >>> neighbour) & 1; // no branch that could not be foreseen
        }
        int count = before;
        for (int i = before; i < candidates; i++) {
            if (visited.add(batch[i])) {
                batch[count++] = batch[i];
            }
        }
        return count;
    }

    /** Begins to fetch all links of a node, of which no line has been read. */
    private void touchLinks(int slot) {
        MemorySegment base = segment(slot);
        long at = blocks.at(slot) + graph.linksAt();
        for (int offset = 0; offset < 4 * graph.m0(); offset += LINE) {
            sink += base.get(Memory.INT, at + offset);
        }
        sink += base.get(Memory.INT, at + 4L * graph.m0());
    }

    private void touch(int slot) {
        sink += segment(slot).get(Memory.INT, blocks.at(slot) + linkLine);
    }

    /**
     * The share of allowed nodes among the neighbours of a node and their neighbours. Nothing is compared.
     *
     * @return 1 where there are no neighbours
     */
    double shareAround(int slot, Bitmap allowed) {
        int number = known(slot, 0, bridges);
        int met = 0;
        int found = 0;
        for (int i = 0; i < number; i++) {
            touch(bridges[i]);
        }
        for (int i = 0; i < number; i++) {
            int count = known(bridges[i], 0, links);
            for (int j = 0; j < count; j++) {
                found += allowed.get(links[j]) ? 1 : 0;
            }
            met += count;
        }
        return met == 0 ? 1 : (double) found / met;
    }

    /** How many of those in the beam are allowed. */
    int allowed(Bitmap allowed) {
        int count = 0;
        for (int i = 0; i < beam.size(); i++) {
            count += allowed.get(beam.slot(i)) ? 1 : 0;
        }
        return count;
    }

    /** Compares all allowed nodes: {@link #scanned} tells how many there were. */
    void scanAllowed(Bitmap allowed) {
        int most = allowed.count();
        if (scannedSlots.length < most) {
            scannedSlots = new int[most];
            scannedDistances = new float[most];
        }
        scanned = 0;
        int slot = allowed.next(0);
        while (slot < size && complete) {
            int count = 0;
            for (; slot < size && count < batch.length; slot = allowed.next(slot + 1)) {
                batch[count++] = slot;
            }
            score(count);
            System.arraycopy(batch, 0, scannedSlots, scanned, count);
            System.arraycopy(distances, 0, scannedDistances, scanned, count);
            scanned += count;
            complete = !stop.isNow();
        }
    }

    int scanned() {
        return scanned;
    }

    int scannedSlot(int place) {
        return scannedSlots[place];
    }

    /** Whether a node is among those scanned, which are in the order of their slots. */
    boolean hasScanned(int slot) {
        return Arrays.binarySearch(scannedSlots, 0, scanned, slot) >= 0;
    }

    float scannedDistance(int place) {
        return scannedDistances[place];
    }

    /** Keeps {@link #sink} from being dropped. */
    @Override
    public String toString() {
        return "Walk[hops=" + hops + ", compared=" + compared + ", sink=" + sink + "]";
    }

    /** The scorer, to be prepared with the query. */
    Scorer scorer() {
        return scorer;
    }

    Slots blocks() {
        return blocks;
    }

    int size() {
        return size;
    }

    Object origin() {
        return origin;
    }
}
