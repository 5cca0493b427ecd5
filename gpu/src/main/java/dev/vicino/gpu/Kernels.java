package dev.vicino.gpu;

import dev.vicino.card.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Starts the functions of {@code src/main/cuda}, whose structs it fills in. All work is done at the turn of the stream named. */
final class Kernels {
    /** Rows that are kept for a query at most. */
    static final int CAPACITY = 4096;

    /** Bytes of a row that is kept: two bounds and an ordinal. */
    static final int FOUND_BYTES = 12;

    /** Rows that a block of threads multiplies. */
    static final int TILE_ROWS = 128;

    /** Queries that a block of threads multiplies in half precision where there are more than a few, and else. */
    static final int HALF_QUERIES = 128;

    static final int FEW_QUERIES = 16;

    /** And in single precision. */
    static final int SINGLE_QUERIES = 64;

    /** The compiled texts, beside this class. */
    static final String[] TEXTS = {"half.ptx", "single.ptx", "select.ptx"};

    /** Rows in half precision are filled up to a multiple of so many values. */
    private static final int STEP = 32;

    private static final int WARP = 32;

    private final Driver driver;
    private final long halve;
    private final long productsHalfFew;
    private final long productsHalf;
    private final long productsSingle;
    private final long shrink;
    private final long pack;

    /** Has the driver compile them. */
    Kernels(Driver driver, Resources resources) {
        this.driver = driver;
        long half = resources.module(text(TEXTS[0]));
        long single = resources.module(text(TEXTS[1]));
        long select = resources.module(text(TEXTS[2]));
        this.halve = driver.function(half, "halve");
        this.productsHalfFew = driver.function(half, "products_half_16");
        this.productsHalf = driver.function(half, "products_half_128");
        this.productsSingle = driver.function(single, "products_single");
        this.shrink = driver.function(select, "shrink");
        this.pack = driver.function(select, "pack");
    }

    /** The text of compiled kernels. */
    static String text(String name) {
        try (InputStream text = Objects.requireNonNull(Kernels.class.getResourceAsStream(name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values of a row in half precision: d, filled up to whole steps. */
    static int width(int dimension) {
        return Math.ceilDiv(dimension, STEP) * STEP;
    }

    /**
     * Rows in half precision.
     *
     * @param values where count·dimension floats are
     * @param halves where count·width numbers of 16 bits go
     * @param powers where a float a row goes, by which products are to be multiplied
     */
    void halve(long values, long halves, long powers, int count, int dimension, long stream) {
        try (Argument argument = new Argument()) {
            argument.addresses(values, halves, powers).ints(count, dimension, width(dimension));
            driver.launch(halve, Math.ceilDiv(count, Driver.THREADS / WARP), argument.struct(), stream);
        }
    }

    /**
     * Multiplies all queries by some tiles of a block, and keeps the rows that are near enough.
     *
     * @param places of the tiles, in the order of {@link TileOrder}
     */
    void products(Precision precision, Asked asked, Block block, int dimension, Places places, long stream) {
        boolean few = asked.count() <= FEW_QUERIES;
        int queries = precision == Precision.SINGLE ? SINGLE_QUERIES : few ? FEW_QUERIES : HALF_QUERIES;
        long function = precision == Precision.SINGLE ? productsSingle : few ? productsHalfFew : productsHalf;
        int width = precision == Precision.SINGLE ? dimension : width(dimension);
        try (Argument argument = search(asked, block, width, places.first())) {
            int blocks = Math.multiplyExact(places.count(), Math.ceilDiv(asked.count(), queries));
            driver.launch(function, blocks, argument.struct(), stream);
        }
    }

    /** Places of tiles in the order in which they are taken. */
    record Places(int first, int count) {}

    /** Lowers the thresholds of all queries, and drops rows above them. */
    void shrink(Asked asked, Block block, long stream) {
        try (Argument argument = search(asked, block, 0, 0)) {
            driver.launch(shrink, asked.count(), argument.struct(), stream);
        }
    }

    private static Argument search(Asked asked, Block block, int width, int firstPlace) {
        return new Argument()
                .addresses(asked.queries(), asked.powers(), asked.bounds(), asked.thresholds(), asked.counts())
                .addresses(asked.lost(), asked.found())
                .addresses(block.values(), block.powers(), block.scales(), block.terms(), asked.allowed())
                .ints(asked.count(), width, block.first(), block.count())
                .ints(block.tiles(), TileOrder.stride(block.tiles()), firstPlace, asked.k());
    }

    /**
     * Writes the ordinals of the rows that are left one after another.
     *
     * @param places where those of each query begin in {@code rows}, an int each
     */
    void pack(Asked asked, long places, long rows, long stream) {
        try (Argument argument = new Argument()) {
            argument.addresses(asked.found(), asked.counts(), places, rows);
            driver.launch(pack, asked.count(), argument.struct(), stream);
        }
    }
}
