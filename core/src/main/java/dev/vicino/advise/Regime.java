package dev.vicino.advise;

import dev.vicino.Goals;

/** The kind of answer that a size of data, a machine and goals ask for. */
public enum Regime {
    /** So few vectors that there is nothing to be won by missing any. */
    FEW("exact search: so few vectors that nothing is faster"),
    /** Few directions, in which space can be divided. */
    LOW_DIMENSION("few dimensions: exact search divides the space"),
    /** Rows and what leads to them fit in memory. */
    IN_MEMORY("in memory: a graph against exact search"),
    /** Rows do not fit, codes of them do. */
    QUANTISED("rows take more memory than there is: codes in memory, rows on disk"),
    /** Not even codes fit. */
    DISTRIBUTED("more than one machine holds: the vectors have to be divided");

    /** Below this a scan takes less time than the JVM needs to compile anything better. */
    static final int FEW_VECTORS = 2_000;

    private static final double FEW_DIRECTIONS = 12;
    private static final double SMALLEST_CODE = 1 / 32.0;

    private final String reason;

    Regime(String reason) {
        this.reason = reason;
    }

    /** What it means, in a few words. */
    public String reason() {
        return reason;
    }

    /** Of vectors that are not few. */
    static Regime of(DataProfile data, Machine machine, Goals goals) {
        double rows = (double) data.vectors() * data.dimension() * Float.BYTES;
        double memory = machine.memoryBytes() == 0 ? goals.memory() : Math.min(goals.memory(), machine.memoryBytes());
        if (rows * SMALLEST_CODE > memory) {
            return DISTRIBUTED;
        }
        if (rows > memory) {
            return QUANTISED;
        }
        boolean fewDirections = data.intrinsicDimension() < FEW_DIRECTIONS && data.dimension() <= 2 * FEW_DIRECTIONS;
        return fewDirections ? LOW_DIMENSION : IN_MEMORY;
    }
}
