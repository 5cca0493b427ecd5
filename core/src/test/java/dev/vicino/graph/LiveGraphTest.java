package dev.vicino.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.code.CodeKind;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an index does not show of its graph: the account that is kept of the vectors, and who may do what meanwhile. */
@ExtendWith(Seeds.class)
final class LiveGraphTest {
    private static final int D = 8;
    private static final int CHANGERS = 3;
    private static final int IDS_EACH = 40;
    private static final int UPDATES_EACH = 1000;
    private static final long PATIENCE_SECONDS = 300;
    private static final GraphParameters PARAMETERS =
            new GraphParameters(4, 8, false, false, 1, new CodeKind.Float32(), true);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Lifetime lifetime = new Lifetime("rows");
    private final Memory memory = Memory.allocate(0);
    private final Norms norms = Norms.compute(Rows.of(memory, 0, D), false, Progress.NONE);
    private final RowStore rows = new RowStore(Form.SQUARED_L2, memory, null, norms, 0, D);
    private final LiveGraph graph = LiveGraph.build(PARAMETERS, lifetime, rows, Ids.ORDINALS, 1, Progress.NONE);

    @AfterEach
    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("whether all threads have ended, so that memory may be freed")
                .isTrue();
        lifetime.close();
        graph.close();
        norms.memory().close();
        memory.close();
    }

    /** Small whole numbers, whose sums are exact in any order. */
    private static float[] vector(Random random) {
        float[] vector = new float[D];
        for (int i = 0; i < D; i++) {
            vector[i] = random.nextInt(1000);
        }
        return vector;
    }

    /** Slots are used again at once, so that the slot of an old vector may soon have another one. */
    @Test
    void theAccountHoldsTheSumOfTheVectorsWhoeverChangesThem() throws Exception {
        changeAtOnce();
        graph.check();
        double[] sum = new double[D];
        graph.forEach((id, vector) -> {
            for (int i = 0; i < D; i++) {
                sum[i] += vector[i];
            }
        });
        assertThat(graph.drift().sum()).containsExactly(sum);
    }

    private void changeAtOnce() throws Exception {
        AtomicInteger changing = new AtomicInteger(CHANGERS);
        List<Callable<Void>> work = new ArrayList<>();
        for (int changer = 0; changer < CHANGERS; changer++) {
            int first = changer * IDS_EACH;
            Random random = new Random(Seeds.random().nextLong() + changer);
            work.add(() -> {
                try {
                    for (int i = 0; i < UPDATES_EACH; i++) {
                        graph.update(first + random.nextInt(IDS_EACH), vector(random));
                    }
                } finally {
                    changing.decrementAndGet();
                }
                return null;
            });
        }
        work.add(() -> {
            while (changing.get() > 0) {
                graph.reclaim();
            }
            return null;
        });
        for (Future<Void> done : threads.invokeAll(work, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            done.get();
        }
    }

    /** What updates leave is taken out once no search needs it: who hears of points must not be taken for a search. */
    @Test
    void whoHearsOfPointsMayChangeThemAndWaitForAll() throws Exception {
        Random random = Seeds.random();
        for (int id = 0; id < 5; id++) {
            graph.add(id, vector(random));
        }
        List<Long> heard = new ArrayList<>();
        Future<?> hearing = threads.submit(() -> graph.forEach((id, vector) -> {
            heard.add(id);
            graph.update(id, vector);
            graph.check();
        }));
        hearing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(heard).containsExactly(0L, 1L, 2L, 3L, 4L);
    }
}
