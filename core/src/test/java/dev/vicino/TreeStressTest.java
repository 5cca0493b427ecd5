package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches while others change the tree: what stays is found all the while, and every row once, with the score of one of its vectors. */
@ExtendWith(Seeds.class)
final class TreeStressTest {
    private static final int ROWS = 2000;
    private static final int STAYING = 500;
    private static final int D = 3;
    private static final int CHANGES = 15_000;

    @RegisterExtension
    private final CheckedTrees trees = new CheckedTrees();

    @ParameterizedTest
    @ValueSource(strings = {"KDTree(leaf=8)", "BallTree(leaf=8)"})
    void searchesSeeWholeChangesAlone(String spec) throws Exception {
        float[][] rows = Points.clustered(Seeds.random(), 2 * ROWS, D, 5);
        TreeIndex index = trees.build(spec, Metric.L2, Arrays.copyOf(rows, ROWS), D);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> searches = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                long seed = t;
                searches.add(threads.submit(() -> search(index, rows, new Random(seed), over)));
            }
            List<Future<?>> changes = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                int part = t;
                changes.add(threads.submit(() -> change(index, rows, part)));
            }
            for (Future<?> change : changes) {
                change.get();
            }
            over.set(true);
            for (Future<?> search : searches) {
                search.get();
            }
        }
        index.check();
    }

    /** Each thread changes ids of its own parity, none of the first ones. The vector of an id is row id, or row id + ROWS. */
    private static void change(TreeIndex index, float[][] rows, int part) {
        Random random = new Random(part);
        for (int i = 0; i < CHANGES; i++) {
            int id = STAYING + 2 * random.nextInt((ROWS - STAYING) / 2) + part;
            switch (random.nextInt(4)) {
                case 0 -> index.remove(id);
                case 1 -> index.update(id, rows[id + ROWS]);
                default -> index.update(id, rows[id]);
            }
        }
    }

    private static void search(TreeIndex index, float[][] rows, Random random, AtomicBoolean over) {
        do {
            int id = random.nextInt(STAYING);
            Neighbors found = index.search(rows[id], ROWS);
            long[] ids = found.ids();
            assertThat(ids).doesNotHaveDuplicates().contains(id);
            for (int i = 0; i < ids.length; i++) {
                float score = found.score(i);
                double first = Oracle.score(Metric.L2, rows[(int) ids[i]], rows[id]);
                double second = Oracle.score(Metric.L2, rows[(int) ids[i] + ROWS], rows[id]);
                boolean isOne = Math.abs(score - first) <= 1e-5 * first || Math.abs(score - second) <= 1e-5 * second;
                assertThat(isOne).as("score %s of id %s", score, ids[i]).isTrue();
            }
            assertThat(index.search(rows[id], 1).score(0)).isEqualTo(0);
        } while (!over.get());
    }
}
