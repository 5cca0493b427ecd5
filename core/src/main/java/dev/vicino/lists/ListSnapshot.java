package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.code.Loss;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowSnapshot;
import dev.vicino.rows.Snapshot;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * Lists as they are written to a file, their points renumbered from 0 on in the order of their slots. Sections, beside those of
 * {@link RowSnapshot}:
 *
 * <pre>
 * lists.head       int32 number of lists, int32 vectors learnt from, float32 loss
 * lists.centroids  a list d float32
 * lists.squares    a list float32: how far rows are from the centroid, squared, on average
 * lists.counts     a list int32 number of rows
 * lists.slots      n int32: the rows of one list after the other
 * lists.blocks     the blocks of one list after the other, where there is a code; each list begins with a block of its own
 * code             float32 parameters of the code, where there is one
 * code.loss        float64 what it loses, of {@link Loss}, unless there was nothing to try it on
 * </pre>
 */
final class ListSnapshot implements Snapshot {
    static final String HEAD = "lists.head";
    static final String CENTROIDS = "lists.centroids";
    static final String SQUARES = "lists.squares";
    static final String COUNTS = "lists.counts";
    static final String SLOTS = "lists.slots";
    static final String BLOCKS = "lists.blocks";
    static final String CODE = "code";
    static final int HEAD_INTS = 3;

    private final Lists lists;
    private final RowSnapshot rows;
    private final int[] slots;
    private final int[] places;

    /** Of lists that do not change meanwhile, and have no row that is gone. */
    ListSnapshot(Parts parts) {
        this.lists = parts.space().lists();
        this.slots = parts.points().slots();
        this.rows = new RowSnapshot(parts.rows(), parts.points().ids(), slots);
        this.places = new int[parts.rows().capacity()];
        for (int i = 0; i < slots.length; i++) {
            places[slots[i]] = i;
        }
    }

    @Override
    public int size() {
        return slots.length;
    }

    @Override
    public void addTo(IndexFileWriter writer) {
        Learnt learnt = lists.learnt();
        rows.addTo(writer);
        int[] head = {lists.count(), learnt.from(), Float.floatToRawIntBits(learnt.loss())};
        int[] counts = IntStream.range(0, lists.count())
                .map(list -> lists.run(list).count())
                .toArray();
        writer.section(HEAD, RowSnapshot.bytes(head, head.length))
                .section(CENTROIDS, learnt.coarse().memory().segment())
                .section(SQUARES, RowSnapshot.bytes(learnt.coarse().squares()))
                .section(COUNTS, RowSnapshot.bytes(counts, counts.length))
                .section(SLOTS, slots());
        BlockCode code = learnt.code();
        if (code != null) {
            long blocks = IntStream.of(counts).mapToLong(Run::blocks).sum();
            writer.section(BLOCKS, blocks * code.blockBytes(), this::blocks)
                    .section(CODE, RowSnapshot.bytes(code.parameters()));
            Loss.addTo(writer, learnt.codeLoss());
        }
    }

    private MemorySegment slots() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(slots.length, Integer.BYTES)]);
        long at = 0;
        for (int list = 0; list < lists.count(); list++) {
            Run run = lists.run(list);
            for (int i = 0; i < run.count(); i++, at += Integer.BYTES) {
                bytes.set(Memory.INT, at, places[run.slot(i)]);
            }
        }
        return bytes;
    }

    private Iterator<MemorySegment> blocks() {
        return IntStream.range(0, lists.count())
                .mapToObj(list -> {
                    Run run = lists.run(list);
                    Region written = run.region().first(Run.blocks(run.count()));
                    return written.base().asSlice(written.at(), written.bytes());
                })
                .iterator();
    }
}
