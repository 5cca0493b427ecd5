package dev.vicino.gpu;

import dev.vicino.card.HostRows;
import dev.vicino.card.Precision;
import java.util.function.Consumer;

/** All rows in half precision, on the card for good. */
final class ResidentRows implements RowSource {
    private final Block all;

    /** Has them come by a stream, and waits until they are there. */
    ResidentRows(Driver driver, Kernels kernels, Resources resources, HostRows rows, RowStream arriving) {
        long size = rows.size();
        long rowBytes = rowBytes(rows);
        this.all = new Block(
                resources.allocate(size * rowBytes),
                resources.allocate(size * Float.BYTES),
                resources.allocate(size * Float.BYTES),
                resources.allocate(size * Float.BYTES),
                0,
                rows.size());
        long stream = resources.stream();
        arriving.in(Precision.SINGLE).forEach(stream, block -> {
            long first = block.first();
            long floats = first * Float.BYTES;
            long bytes = (long) block.count() * Float.BYTES;
            kernels.halve(
                    block.values(),
                    all.values() + first * rowBytes,
                    all.powers() + floats,
                    block.count(),
                    rows.dimension(),
                    stream);
            driver.copy(all.scales() + floats, block.scales(), bytes, stream);
            driver.copy(all.terms() + floats, block.terms(), bytes, stream);
        });
        driver.synchronizeStream(stream);
    }

    private static long rowBytes(HostRows rows) {
        return (long) Kernels.width(rows.dimension()) * Short.BYTES;
    }

    /** Bytes of the card's memory that they take. */
    static long bytes(HostRows rows) {
        return rows.size() * (rowBytes(rows) + 3L * Float.BYTES);
    }

    @Override
    public void forEach(long stream, Consumer<Block> work) {
        work.accept(all);
    }
}
