package dev.vicino.store.settings;

/**
 * How much a collection takes. What goes beyond is refused, and the collection stays as it was.
 *
 * @param points held at a time
 * @param payloadBytes of one point, as JSON in UTF-8
 * @param batchPoints named by one write
 * @param tailVectors vectors of one name that wait for their place in the graph; writers wait while there are more
 */
public record Limits(long points, int payloadBytes, int batchPoints, int tailVectors) {
    /** Ordinals are int; SQLite keeps up to about ten million points well. */
    public static final long MOST_POINTS = 1L << 30;

    /** As many points as fit, a mebibyte of payload, ten thousand points a write, a quarter of a million vectors waiting. */
    public static final Limits DEFAULT = new Limits(MOST_POINTS, 1 << 20, 10_000, 1 << 18);

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the one at fault
     */
    public Limits {
        if (points < 0 || points > MOST_POINTS) {
            throw new IllegalArgumentException("points = " + points + ", expected 0.." + MOST_POINTS);
        }
        checkPositive("payloadBytes", payloadBytes);
        checkPositive("batchPoints", batchPoints);
        checkPositive("tailVectors", tailVectors);
    }

    private static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least 1");
        }
    }

    /** These limits with another number of points. */
    public Limits withPoints(long points) {
        return new Limits(points, payloadBytes, batchPoints, tailVectors);
    }

    /** These limits with another size of payloads. */
    public Limits withPayloadBytes(int payloadBytes) {
        return new Limits(points, payloadBytes, batchPoints, tailVectors);
    }

    /** These limits with another number of points a write. */
    public Limits withBatchPoints(int batchPoints) {
        return new Limits(points, payloadBytes, batchPoints, tailVectors);
    }

    /** These limits with another number of vectors waiting. */
    public Limits withTailVectors(int tailVectors) {
        return new Limits(points, payloadBytes, batchPoints, tailVectors);
    }
}
