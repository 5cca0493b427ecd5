package dev.vicino.bench.data;

import java.util.SplittableRandom;

/** Numbers in a random order. */
public final class Permutation {
    private Permutation() {}

    /** The numbers 0 … size − 1, each order as likely as the others. */
    public static int[] of(int size, SplittableRandom random) {
        int[] permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            permutation[i] = permutation[other];
            permutation[other] = i;
        }
        return permutation;
    }
}
