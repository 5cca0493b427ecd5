package dev.vicino.advise;

import dev.vicino.VectorIndex;
import java.util.Arrays;
import java.util.Optional;

/**
 * What queries that had no part in the choice say of it.
 *
 * @param effort at which they were asked
 * @param recall theirs; its lower end reaches the floor
 * @param under80 the share of them whose recall is below 0.8
 */
public record Certificate(int effort, Interval recall, double under80) {
    private static final double LOW = 0.8;

    /**
     * Efforts are tried until one reaches the floor, and each try might do so by chance. So the first may err in half of 5 cases in 100,
     * the second in a quarter and so on: all together in no more than 5. These are the standard deviations.
     */
    private static final double[] Z = {2.2414, 2.4977, 2.7344, 2.9552, 3.1631, 3.3602, 3.5481, 3.7280};

    /** From one try to the next the effort rises by so many places of the grid, ever more. */
    private static final int[] STEPS = {1, 2, 4, 6, 8, 10, 12};

    /** Of an index that cannot miss. */
    static Certificate exact(int queries) {
        return new Certificate(0, Interval.exact(queries), 0);
    }

    /** The first effort, from one on, at which the lower end reaches the floor; nothing where none of the tries did. */
    static Optional<Certificate> of(VectorIndex index, Questions questions, int from, double floor, int threads) {
        if (index.spec().isExact()) {
            return Optional.of(exact(questions.count()));
        }
        Efforts efforts = Efforts.of(index, questions.k());
        int place = efforts.place(from);
        for (int attempt = 0; attempt < Z.length; attempt++) {
            double[] recalls = questions.recalls(index, efforts.get(place), threads);
            Interval recall = Interval.of(recalls, questions.k(), Z[attempt]);
            if (recall.low() >= floor) {
                return Optional.of(new Certificate(efforts.get(place), recall, under80(recalls)));
            }
            if (attempt == STEPS.length || place == efforts.count() - 1) {
                return Optional.empty();
            }
            place = Math.min(place + STEPS[attempt], efforts.count() - 1);
        }
        return Optional.empty();
    }

    private static double under80(double[] recalls) {
        return (double) Arrays.stream(recalls).filter(recall -> recall < LOW).count() / recalls.length;
    }
}
