package dev.vicino.advise;

import dev.vicino.Vectors;
import dev.vicino.scan.Norms;
import java.util.Arrays;

/**
 * One pass over vectors: how long they are, and which of them are there twice.
 *
 * @param norms of the rows that were read
 * @param duplicates share of them that equal an earlier one; by a hash of 64 bits
 */
record RowPass(DataProfile.Norms norms, double duplicates) {
    /** Rows that are read at most: the first ones; a hash of each is kept. */
    private static final int MOST = 1 << 22;

    static RowPass over(Vectors vectors) {
        int count = Math.min(vectors.size(), MOST);
        long[] hashes = new long[count];
        float[] row = new float[vectors.dimension()];
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            vectors.copyRow(i, row);
            double square = 0;
            long hash = 0;
            for (float value : row) {
                square += (double) value * value;
                hash = (hash ^ Float.floatToRawIntBits(value + 0f)) * 0x9E3779B97F4A7C15L; // −0 is 0
                hash ^= hash >>> 29;
            }
            if (!(square < Double.POSITIVE_INFINITY)) {
                throw Norms.notFinite("row " + i, row);
            }
            double norm = Math.sqrt(square);
            least = Math.min(least, norm);
            most = Math.max(most, norm);
            sum += norm;
            hashes[i] = hash;
        }
        return new RowPass(
                new DataProfile.Norms(count == 0 ? 0 : least, count == 0 ? 0 : sum / count, most), repeated(hashes));
    }

    private static double repeated(long[] hashes) {
        Arrays.sort(hashes);
        int repeated = 0;
        for (int i = 1; i < hashes.length; i++) {
            repeated += hashes[i] == hashes[i - 1] ? 1 : 0;
        }
        return hashes.length == 0 ? 0 : (double) repeated / hashes.length;
    }
}
