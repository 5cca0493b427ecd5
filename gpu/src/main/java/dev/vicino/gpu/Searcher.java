package dev.vicino.gpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.vicino.card.BoundedQuery;
import dev.vicino.card.Precision;
import dev.vicino.card.Survivors;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one search at a time has on the card: a stream, and memory for queries and what is found. Not safe for use by several threads. */
final class Searcher implements AutoCloseable {
    private static final int BOUND_FLOATS = 5;

    private final Driver driver;
    private final Kernels kernels;
    private final int dimension;
    private final Resources resources;
    private final long stream;

    private final long values;
    private final long halves;
    private final long powers;
    private final long bounds;
    private final long thresholds;
    private final long counts;
    private final long lost;
    private final long found;
    private final long allowedBits;
    private final long places;
    private final long packed;

    private final MemorySegment hostValues;
    private final MemorySegment hostBounds;
    private final MemorySegment hostThresholds;
    private final MemorySegment hostCounts;
    private final MemorySegment hostLost;
    private final MemorySegment hostPlaces;
    private final MemorySegment hostAllowed;
    private final MemorySegment hostPacked;

    /**
     * Takes what it needs.
     *
     * @param size rows of the index
     * @param queries the most of one search
     */
    Searcher(Driver driver, Kernels kernels, int size, int dimension, int queries) {
        this.driver = driver;
        this.kernels = kernels;
        this.dimension = dimension;
        this.resources = new Resources(driver);
        try {
            long valueBytes = (long) queries * dimension * Float.BYTES;
            long each = (long) queries * Float.BYTES;
            long packedBytes = each * Kernels.CAPACITY;
            this.values = resources.allocate(valueBytes);
            this.halves = resources.allocate((long) queries * Kernels.width(dimension) * Short.BYTES);
            this.powers = resources.allocate(each);
            this.bounds = resources.allocate(BOUND_FLOATS * each);
            this.thresholds = resources.allocate(each);
            this.counts = resources.allocate(each);
            this.lost = resources.allocate(each);
            this.found = resources.allocate((long) queries * Kernels.CAPACITY * Kernels.FOUND_BYTES);
            this.allowedBits = resources.allocate(allowedBytes(size));
            this.places = resources.allocate(each);
            this.packed = resources.allocate(packedBytes);
            this.hostValues = resources.host(valueBytes);
            this.hostBounds = resources.host(BOUND_FLOATS * each);
            this.hostThresholds = resources.host(each);
            this.hostCounts = resources.host(each);
            this.hostLost = resources.host(each);
            this.hostPlaces = resources.host(each);
            this.hostAllowed = resources.host(allowedBytes(size));
            this.hostPacked = resources.host(packedBytes);
            this.stream = resources.stream();
        } catch (Throwable e) {
            resources.close(e);
            throw e;
        }
    }

    private static long allowedBytes(int size) {
        return (size + 63L) / 64 * Long.BYTES;
    }

    /** Bytes of the card's memory that a searcher takes. */
    static long bytes(int size, int dimension, int queries) {
        long query = Float.BYTES * (dimension + BOUND_FLOATS + 5L)
                + (long) Kernels.width(dimension) * Short.BYTES
                + (long) Kernels.CAPACITY * (Kernels.FOUND_BYTES + Integer.BYTES);
        return queries * query + allowedBytes(size);
    }

    /** As {@link dev.vicino.card.CardRows#search}, through the rows of a source in that precision. */
    List<Survivors> search(
            RowSource rows, Precision precision, List<BoundedQuery> queries, int k, long @Nullable [] allowed) {
        Asked asked = ask(precision, queries, k, allowed);
        Schedule schedule = new Schedule(k);
        rows.forEach(stream, block -> pass(precision, asked, block, schedule));
        return answer(asked);
    }

    private Asked ask(Precision precision, List<BoundedQuery> queries, int k, long @Nullable [] allowed) {
        int count = queries.size();
        long each = (long) count * Float.BYTES;
        for (int i = 0; i < count; i++) {
            write(queries.get(i), i);
        }
        driver.upload(values, hostValues.asSlice(0, each * dimension), stream);
        driver.upload(bounds, hostBounds.asSlice(0, each * BOUND_FLOATS), stream);
        driver.upload(thresholds, hostThresholds.asSlice(0, each), stream);
        driver.clear(counts, each, stream);
        driver.clear(lost, each, stream);
        if (allowed != null) {
            MemorySegment.copy(allowed, 0, hostAllowed, JAVA_LONG, 0, allowed.length);
            driver.upload(allowedBits, hostAllowed, stream);
        }
        boolean half = precision == Precision.HALF;
        if (half) {
            kernels.halve(values, halves, powers, count, dimension, stream);
        }
        return new Asked(
                half ? halves : values,
                half ? powers : 0,
                bounds,
                thresholds,
                counts,
                lost,
                found,
                allowed == null ? 0 : allowedBits,
                count,
                k);
    }

    private void write(BoundedQuery query, int place) {
        long valuesAt = (long) place * dimension * Float.BYTES;
        MemorySegment.copy(query.values(), 0, hostValues, JAVA_FLOAT, valuesAt, dimension);
        float[] of = {query.factor(), query.termFactor(), query.offset(), query.slackFactor(), query.slack()};
        MemorySegment.copy(of, 0, hostBounds, JAVA_FLOAT, (long) place * BOUND_FLOATS * Float.BYTES, BOUND_FLOATS);
        hostThresholds.setAtIndex(JAVA_FLOAT, place, query.threshold());
    }

    private void pass(Precision precision, Asked asked, Block block, Schedule schedule) {
        int tiles = block.tiles();
        for (int first = 0; first < tiles; ) {
            int count = schedule.next(tiles - first);
            kernels.products(precision, asked, block, dimension, new Kernels.Places(first, count), stream);
            kernels.shrink(asked, block, stream);
            first += count;
        }
    }

    private List<Survivors> answer(Asked asked) {
        long each = (long) asked.count() * Integer.BYTES;
        driver.download(hostCounts.asSlice(0, each), counts, stream);
        driver.download(hostLost.asSlice(0, each), lost, stream);
        driver.download(hostThresholds.asSlice(0, each), thresholds, stream);
        driver.synchronizeStream(stream);
        int total = 0;
        for (int i = 0; i < asked.count(); i++) {
            hostPlaces.setAtIndex(JAVA_INT, i, total);
            total += hostCounts.getAtIndex(JAVA_INT, i);
        }
        if (total > 0) {
            driver.upload(places, hostPlaces.asSlice(0, each), stream);
            kernels.pack(asked, places, packed, stream);
            driver.download(hostPacked.asSlice(0, (long) total * Integer.BYTES), packed, stream);
            driver.synchronizeStream(stream);
        }
        List<Survivors> survivors = new ArrayList<>(asked.count());
        for (int i = 0; i < asked.count(); i++) {
            survivors.add(survivors(i));
        }
        return survivors;
    }

    private Survivors survivors(int place) {
        float threshold = hostThresholds.getAtIndex(JAVA_FLOAT, place);
        if (hostLost.getAtIndex(JAVA_INT, place) != 0) {
            return Survivors.tooMany(threshold);
        }
        int[] ordinals = new int[hostCounts.getAtIndex(JAVA_INT, place)];
        long from = (long) hostPlaces.getAtIndex(JAVA_INT, place) * Integer.BYTES;
        MemorySegment.copy(hostPacked, JAVA_INT, from, ordinals, 0, ordinals.length);
        return new Survivors(ordinals, threshold, true);
    }

    /** Gives all back after a search that failed. */
    void close(Throwable because) {
        resources.close(because);
    }

    @Override
    public void close() {
        resources.close();
    }
}
