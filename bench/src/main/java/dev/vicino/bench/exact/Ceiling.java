package dev.vicino.bench.exact;

/** What the machine itself takes for the part of a search that nobody can do without. */
interface Ceiling extends Contestant {
    /** What a pass moves or computes, in billions of {@link #unit}. */
    double billions(Call call);

    /** Unit of the rate, in a billion a second: {@code GB/s}. */
    String unit();

    @Override
    default boolean warmsUp() {
        return true;
    }
}
