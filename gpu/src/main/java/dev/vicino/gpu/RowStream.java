package dev.vicino.gpu;

import dev.vicino.card.HostRows;
import dev.vicino.card.Precision;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Rows on their way through the card. Two slots take turns: while the rows of one are multiplied, the next come to the other. One pass
 * at a time; others wait, since all share one way to the card.
 */
final class RowStream {
    private final Driver driver;
    private final Kernels kernels;
    private final HostRows rows;
    private final int blockRows;
    private final List<Slot> slots;
    private final long copies;
    private final Lock lock = new ReentrantLock();

    /** @param halving whether rows will be wanted in half precision */
    RowStream(Driver driver, Kernels kernels, Resources resources, HostRows rows, long blockBytes, boolean halving) {
        this.driver = driver;
        this.kernels = kernels;
        this.rows = rows;
        this.blockRows = blockRows(rows, blockBytes);
        this.copies = resources.stream();
        this.slots =
                Stream.generate(() -> new Slot(resources, halving)).limit(2).toList();
    }

    /** Whole tiles, at least one, and no more than there are rows. */
    static int blockRows(HostRows rows, long blockBytes) {
        long tileBytes = (long) Kernels.TILE_ROWS * rows.dimension() * Float.BYTES;
        long most = Math.max(1, Math.ceilDiv(rows.size(), Kernels.TILE_ROWS));
        return Kernels.TILE_ROWS * (int) Math.clamp(blockBytes / tileBytes, 1, most);
    }

    /** Bytes of the card's memory that a stream takes. */
    static long bytes(HostRows rows, long blockBytes, boolean halving) {
        long single = Float.BYTES * (rows.dimension() + 2L);
        long half = halving ? Short.BYTES * (long) Kernels.width(rows.dimension()) + Float.BYTES : 0;
        return 2L * blockRows(rows, blockBytes) * (single + half);
    }

    /** The rows in a precision. */
    RowSource in(Precision precision) {
        return (stream, work) -> pass(precision, stream, work);
    }

    private void pass(Precision precision, long stream, Consumer<Block> work) {
        lock.lock();
        try {
            for (int from = 0, number = 0; from < rows.size(); from += blockRows, number++) {
                Slot slot = slots.get(number % slots.size());
                int count = Math.min(blockRows, rows.size() - from);
                slot.upload(from, count);
                driver.waitForEvent(stream, slot.uploaded);
                work.accept(precision == Precision.SINGLE ? slot.block(from, count) : slot.halved(from, count, stream));
                driver.recordEvent(slot.used, stream);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Room for a block. */
    private final class Slot {
        private final long values;
        private final long halves;
        private final long powers;
        private final long terms;
        private final MemorySegment hostTerms;
        private final float[] scaleValues = new float[blockRows];
        private final float[] termValues = new float[blockRows];

        /** The rows have come. */
        private final long uploaded;

        /** Nobody reads them any more. */
        private final long used;

        Slot(Resources resources, boolean halving) {
            this.values = resources.allocate((long) blockRows * rows.dimension() * Float.BYTES);
            this.terms = resources.allocate(2L * blockRows * Float.BYTES);
            this.hostTerms = resources.host(2L * blockRows * Float.BYTES);
            long width = Kernels.width(rows.dimension());
            this.halves = halving ? resources.allocate(blockRows * width * Short.BYTES) : 0;
            this.powers = halving ? resources.allocate((long) blockRows * Float.BYTES) : 0;
            this.uploaded = resources.event();
            this.used = resources.event();
        }

        void upload(int from, int count) {
            driver.synchronizeEvent(uploaded); // what was here before has been read from hostTerms
            rows.terms(from, count, scaleValues, termValues);
            MemorySegment.copy(scaleValues, 0, hostTerms, ValueLayout.JAVA_FLOAT, 0, count);
            MemorySegment.copy(termValues, 0, hostTerms, ValueLayout.JAVA_FLOAT, termsOffset(), count);
            driver.waitForEvent(copies, used);
            long rowBytes = (long) rows.dimension() * Float.BYTES;
            driver.upload(values, rows.values().asSlice(from * rowBytes, count * rowBytes), copies);
            driver.upload(terms, hostTerms, copies);
            driver.recordEvent(uploaded, copies);
        }

        private long termsOffset() {
            return (long) blockRows * Float.BYTES;
        }

        Block block(int from, int count) {
            return new Block(values, 0, terms, terms + termsOffset(), from, count);
        }

        Block halved(int from, int count, long stream) {
            kernels.halve(values, halves, powers, count, rows.dimension(), stream);
            return new Block(halves, powers, terms, terms + termsOffset(), from, count);
        }
    }
}
