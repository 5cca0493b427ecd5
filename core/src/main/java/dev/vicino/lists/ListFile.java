package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.code.BlockCodes;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Loss;
import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Epochs;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ListSnapshot} wrote. All that is used as a slot or an address is checked here. */
final class ListFile {
    private final IndexFile file;
    private final ListParameters parameters;
    private final Form form;
    private final int dimension;
    private final int size;

    ListFile(IndexFile file, ListParameters parameters, Form form, int dimension) {
        this.file = file;
        this.parameters = parameters;
        this.form = form;
        this.dimension = dimension;
        this.size = file.header().size();
    }

    Lists lists(Epochs epochs) throws CorruptFileException {
        int[] head = ints(ListSnapshot.HEAD, ListSnapshot.HEAD_INTS);
        int count = head[0];
        if (count < 1 || count > parameters.nlist()) {
            throw corrupt(ListSnapshot.HEAD, 0, "number of lists", count, "1.." + parameters.nlist());
        }
        float loss = Float.intBitsToFloat(head[2]);
        if (head[1] < 0 || !Float.isFinite(loss)) {
            throw corrupt(ListSnapshot.HEAD, 1, "what was learnt from", head[1] + ", loss " + loss, "numbers");
        }
        Learnt learnt = new Learnt(coarse(count), code(), Loss.read(file), loss, head[1]);
        return new Lists(learnt, runs(count, learnt.blockBytes()), new BlockMemory(learnt.blockBytes()), epochs);
    }

    private Coarse coarse(int count) throws CorruptFileException {
        Memory centroids = file.section(ListSnapshot.CENTROIDS, (long) count * dimension * Float.BYTES);
        float[] squares = new float[count];
        file.section(ListSnapshot.SQUARES, (long) count * Float.BYTES).get(0, squares, count);
        for (int list = 0; list < count; list++) {
            if (!(squares[list] >= 0) || Float.isInfinite(squares[list])) {
                throw corrupt(ListSnapshot.SQUARES, list, "mean square", squares[list], "a finite one, 0 or more");
            }
        }
        return new Coarse(form, centroids, squares, dimension, parameters.links());
    }

    private @Nullable BlockCode code() throws CorruptFileException {
        if (parameters.kind() instanceof CodeKind.Float32) {
            return null;
        }
        Memory section = file.section(ListSnapshot.CODE);
        BlockCode code = section == null ? null : BlockCodes.open(parameters.kind(), form, dimension, section);
        if (code == null) {
            throw corrupt(
                    ListSnapshot.CODE,
                    0,
                    "section 'code'",
                    section == null ? "missing" : section.bytes() + " bytes",
                    "finite parameters of the code");
        }
        return code;
    }

    private Run[] runs(int count, int blockBytes) throws CorruptFileException {
        int[] counts = ints(ListSnapshot.COUNTS, count);
        int[] slots = ints(ListSnapshot.SLOTS, size);
        checkCounts(counts);
        checkSlots(slots);
        long blocks = 0;
        for (int some : counts) {
            blocks += Run.blocks(some);
        }
        Memory memory = blockBytes == 0 ? null : file.section(ListSnapshot.BLOCKS, blocks * blockBytes);
        MemorySegment base = memory == null ? MemorySegment.NULL : memory.base();
        long at = memory == null ? 0 : memory.start();
        Run[] runs = new Run[count];
        int from = 0;
        for (int list = 0; list < count; list++) {
            Region region = new Region(base, at, Run.blocks(counts[list]), blockBytes);
            int[] own = new int[region.blocks() * BlockCode.ROWS];
            System.arraycopy(slots, from, own, 0, counts[list]);
            runs[list] = new Run(region, own, counts[list]);
            from += counts[list];
            at += region.bytes();
        }
        return runs;
    }

    private void checkCounts(int[] counts) throws CorruptFileException {
        long sum = 0;
        for (int list = 0; list < counts.length; list++) {
            if (counts[list] < 0 || counts[list] > size) {
                throw corrupt(ListSnapshot.COUNTS, list, "number of rows", counts[list], "0.." + size);
            }
            sum += counts[list];
        }
        if (sum != size) {
            throw corrupt(ListSnapshot.COUNTS, 0, "rows of all lists", sum, String.valueOf(size));
        }
    }

    private void checkSlots(int[] slots) throws CorruptFileException {
        BitSet seen = new BitSet(size);
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] < 0 || slots[i] >= size || seen.get(slots[i])) {
                throw corrupt(ListSnapshot.SLOTS, i, "row of a list", slots[i], "0.." + (size - 1) + ", each once");
            }
            seen.set(slots[i]);
        }
    }

    private int[] ints(String section, int count) throws CorruptFileException {
        int[] values = new int[count];
        MemorySegment stored =
                file.section(section, (long) count * Integer.BYTES).segment();
        MemorySegment.copy(stored, Memory.INT, 0, values, 0, count);
        return values;
    }

    private CorruptFileException corrupt(String section, long place, String what, Object found, String expected) {
        return new CorruptFileException(
                file.path(), file.offset(section) + place * Integer.BYTES, what, found, expected);
    }
}
