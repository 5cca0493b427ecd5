package dev.vicino.gpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** The kernels in plain Java: the same structs, tiles and arithmetic, one thread. */
final class KernelTwins {
    private static final int FOUND_INTS = Kernels.FOUND_BYTES / Integer.BYTES;

    private final FakeMemory memory;

    KernelTwins(FakeMemory memory) {
        this.memory = memory;
    }

    /** Does what a launch does. */
    void run(String kernel, int blocks, MemorySegment argument) {
        switch (kernel) {
            case "halve" -> halve(blocks, argument);
            case "products_half_16" -> products(blocks, argument, 16, true);
            case "products_half_128" -> products(blocks, argument, 128, true);
            case "products_single" -> products(blocks, argument, 64, false);
            case "shrink" -> shrink(blocks, new Search(argument));
            case "pack" -> pack(blocks, argument);
            default -> throw new IllegalArgumentException("kernel = " + kernel + ", expected one that there is");
        }
    }

    private static long address(MemorySegment argument, int place) {
        return argument.getAtIndex(ValueLayout.JAVA_LONG, place);
    }

    private static int number(MemorySegment argument, int addresses, int place) {
        return argument.get(ValueLayout.JAVA_INT, (long) addresses * Long.BYTES + (long) place * Integer.BYTES);
    }

    /** The struct of {@code search.cuh}. */
    private record Search(MemorySegment argument) {
        private static final int ADDRESSES = 12;

        long queries() {
            return address(argument, 0);
        }

        long queryPowers() {
            return address(argument, 1);
        }

        long bounds() {
            return address(argument, 2);
        }

        long thresholds() {
            return address(argument, 3);
        }

        long counts() {
            return address(argument, 4);
        }

        long lost() {
            return address(argument, 5);
        }

        long found(int query) {
            return address(argument, 6) + (long) query * Kernels.CAPACITY * Kernels.FOUND_BYTES;
        }

        long rows() {
            return address(argument, 7);
        }

        long rowPowers() {
            return address(argument, 8);
        }

        long scales() {
            return address(argument, 9);
        }

        long terms() {
            return address(argument, 10);
        }

        long allowed() {
            return address(argument, 11);
        }

        int queryCount() {
            return number(argument, ADDRESSES, 0);
        }

        int width() {
            return number(argument, ADDRESSES, 1);
        }

        int firstRow() {
            return number(argument, ADDRESSES, 2);
        }

        int rowCount() {
            return number(argument, ADDRESSES, 3);
        }

        int tiles() {
            return number(argument, ADDRESSES, 4);
        }

        int tileStride() {
            return number(argument, ADDRESSES, 5);
        }

        int firstPlace() {
            return number(argument, ADDRESSES, 6);
        }

        int k() {
            return number(argument, ADDRESSES, 7);
        }
    }

    private void halve(int blocks, MemorySegment argument) {
        long values = address(argument, 0);
        long halves = address(argument, 1);
        long powers = address(argument, 2);
        int count = number(argument, 3, 0);
        int dimension = number(argument, 3, 1);
        int width = number(argument, 3, 2);
        for (int row = 0; row < Math.min(count, blocks * Driver.THREADS / 32); row++) {
            float largest = 0;
            for (int i = 0; i < dimension; i++) {
                largest = Math.max(largest, Math.abs(memory.number(values, (long) row * dimension + i)));
            }
            int exponent = largest == 0 ? 15 : Math.getExponent(largest) + 1;
            for (int i = 0; i < width; i++) {
                float value = i < dimension ? memory.number(values, (long) row * dimension + i) : 0;
                memory.half(halves, (long) row * width + i, Math.scalb(value, 15 - exponent));
            }
            memory.number(powers, row, Math.scalb(1f, exponent - 15));
        }
    }

    private void products(int blocks, MemorySegment argument, int tileQueries, boolean half) {
        Search search = new Search(argument);
        int queryTiles = Math.ceilDiv(search.queryCount(), tileQueries);
        for (int block = 0; block < blocks; block++) {
            long place = (long) search.firstPlace() + block / queryTiles;
            int firstRow = (int) (place * search.tileStride() % search.tiles()) * Kernels.TILE_ROWS;
            int firstQuery = block % queryTiles * tileQueries;
            int lastQuery = Math.min(firstQuery + tileQueries, search.queryCount());
            int lastRow = Math.min(firstRow + Kernels.TILE_ROWS, search.rowCount());
            float[][] queries = matrix(search.queries(), firstQuery, lastQuery, search.width(), half);
            TileRows rows = new TileRows(search, firstRow, lastRow, half);
            for (int query = firstQuery; query < lastQuery; query++) {
                offer(search, query, queries[query - firstQuery], rows);
            }
        }
    }

    /** What a tile has of its rows. */
    private final class TileRows {
        final int first;
        final float[][] values;
        final float[] scales;
        final float[] terms;

        TileRows(Search search, int first, int last, boolean half) {
            this.first = first;
            this.values = matrix(search.rows(), first, last, search.width(), half);
            this.scales = new float[last - first];
            this.terms = new float[last - first];
            for (int row = first; row < last; row++) {
                float power = search.rowPowers() == 0 ? 1 : memory.number(search.rowPowers(), row);
                boolean allowed = isAllowed(search, search.firstRow() + row);
                scales[row - first] = allowed ? memory.number(search.scales(), row) * power : Float.NaN;
                terms[row - first] = memory.number(search.terms(), row);
            }
        }
    }

    private boolean isAllowed(Search search, int ordinal) {
        return search.allowed() == 0 || (memory.whole(search.allowed(), ordinal / 32) >>> ordinal % 32 & 1) != 0;
    }

    private float[][] matrix(long matrix, int from, int to, int width, boolean half) {
        float[][] values = new float[to - from][width];
        for (int row = from; row < to; row++) {
            for (int i = 0; i < width; i++) {
                long place = (long) row * width + i;
                values[row - from][i] = half ? memory.half(matrix, place) : memory.number(matrix, place);
            }
        }
        return values;
    }

    private static float product(float[] query, float[] row) {
        float sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum = Math.fma(query[i], row[i], sum);
        }
        return sum;
    }

    private void offer(Search search, int query, float[] values, TileRows rows) {
        float queryPower = search.queryPowers() == 0 ? 1 : memory.number(search.queryPowers(), query);
        float factor = bound(search, query, 0) * queryPower;
        float termFactor = bound(search, query, 1);
        float offset = bound(search, query, 2);
        float threshold = memory.number(search.thresholds(), query);
        for (int row = 0; row < rows.values.length; row++) {
            float rest = Math.fma(rows.terms[row], termFactor, offset);
            float lower = Math.fma(product(values, rows.values[row]) * factor, rows.scales[row], rest);
            if (lower <= threshold) {
                float slack = Math.fma(rows.terms[row], bound(search, query, 3), bound(search, query, 4));
                keep(search, query, lower, lower + slack, search.firstRow() + rows.first + row);
            }
        }
    }

    private void keep(Search search, int query, float lower, float upper, int ordinal) {
        int place = memory.whole(search.counts(), query);
        memory.whole(search.counts(), query, place + 1);
        if (place < Kernels.CAPACITY) {
            write(search.found(query), place, lower, upper, ordinal);
        }
    }

    private float bound(Search search, int query, int which) {
        return memory.number(search.bounds(), 5L * query + which);
    }

    private void write(long found, int place, float lower, float upper, int row) {
        memory.number(found, (long) FOUND_INTS * place, lower);
        memory.number(found, (long) FOUND_INTS * place + 1, upper);
        memory.whole(found, (long) FOUND_INTS * place + 2, row);
    }

    private void shrink(int blocks, Search search) {
        for (int query = 0; query < blocks; query++) {
            long found = search.found(query);
            int all = memory.whole(search.counts(), query);
            int count = Math.min(all, Kernels.CAPACITY);
            float threshold = memory.number(search.thresholds(), query);
            if (count >= search.k()) {
                float[] upper = new float[count];
                for (int i = 0; i < count; i++) {
                    upper[i] = memory.number(found, (long) FOUND_INTS * i + 1);
                }
                Arrays.sort(upper);
                threshold = Math.min(threshold, upper[search.k() - 1]);
            }
            int kept = 0;
            for (int i = 0; i < count; i++) {
                float lower = memory.number(found, (long) FOUND_INTS * i);
                if (lower <= threshold) {
                    float upper = memory.number(found, (long) FOUND_INTS * i + 1);
                    write(found, kept++, lower, upper, memory.whole(found, (long) FOUND_INTS * i + 2));
                }
            }
            memory.number(search.thresholds(), query, threshold);
            memory.whole(search.counts(), query, kept);
            if (all > Kernels.CAPACITY) {
                memory.whole(search.lost(), query, 1);
            }
        }
    }

    private void pack(int blocks, MemorySegment argument) {
        for (int query = 0; query < blocks; query++) {
            long found = address(argument, 0) + (long) query * Kernels.CAPACITY * Kernels.FOUND_BYTES;
            int place = memory.whole(address(argument, 2), query);
            for (int i = 0; i < memory.whole(address(argument, 1), query); i++) {
                memory.whole(address(argument, 3), place + i, memory.whole(found, (long) FOUND_INTS * i + 2));
            }
        }
    }
}
