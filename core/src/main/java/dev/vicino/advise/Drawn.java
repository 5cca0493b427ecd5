package dev.vicino.advise;

import dev.vicino.Vectors;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Row numbers in an order that chance, or rather a seed, has given them: any first few of them are a sample. */
final class Drawn {
    private final int[] order;

    private Drawn(int[] order) {
        this.order = order;
    }

    /** All of 0 … count−1, by the shuffle of Fisher and Yates. */
    static Drawn of(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(seed);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = order[i];
            order[i] = order[other];
            order[other] = row;
        }
        return new Drawn(order);
    }

    /** Those from a place on. */
    Drawn from(int place) {
        return new Drawn(Arrays.copyOfRange(order, place, order.length));
    }

    int count() {
        return order.length;
    }

    /** The row numbers from place {@code from} up to {@code to}, rising, so that memory is read in order. */
    int[] rows(int from, int to) {
        return IntStream.range(from, to).map(i -> order[i]).sorted().toArray();
    }

    /** The row numbers from place {@code from} up to {@code to}, as they were drawn. */
    int[] drawn(int from, int to) {
        return Arrays.copyOfRange(order, from, to);
    }

    /** Copies of rows, off the heap. */
    static Vectors vectors(Vectors source, int[] rows) {
        try (Vectors.Builder builder = Vectors.builder(source.dimension()).reserve(rows.length)) {
            float[] row = new float[source.dimension()];
            for (int number : rows) {
                source.copyRow(number, row);
                builder.add(row);
            }
            return builder.build();
        }
    }

    /** Copies of rows, on the heap. */
    static float[][] arrays(Vectors source, int[] rows) {
        return IntStream.of(rows).mapToObj(source::row).toArray(float[][]::new);
    }
}
