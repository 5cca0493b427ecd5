package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.vicino.io.Progress;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads change and search one index at once. */
@ExtendWith(Seeds.class)
final class GraphStressTest {
    private static final int D = 24;
    private static final int IDS = 600;
    private static final int CHANGERS = 3;
    private static final int SEARCHERS = 2;
    private static final int ANSWERS = 4000;
    private static final long PATIENCE_SECONDS = 60;

    /** All vectors there are, and queries that each of them has a score for. */
    private static final float[][] POOL = Points.gaussian(new Random(3), 3001, D);

    private static final float[][] QUERIES = Points.gaussian(new Random(4), 8, D);

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> underWay = new ArrayList<>();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    private void start(Callable<?> work) {
        underWay.add(threads.submit(work));
    }

    /** Waits until there was enough, or one of those who work has failed, as {@link #finish} will tell. */
    private void awaitUnlessOver(BooleanSupplier enough) {
        while (!enough.getAsBoolean() && underWay.stream().noneMatch(Future::isDone)) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void finish() throws Exception {
        for (Future<?> work : underWay) {
            work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        underWay.clear();
    }

    /** The vector of an id in its life number so; an even life is one with a vector, an odd one is without. */
    private static int place(long id, int life) {
        return Math.floorMod(id * 31 + life * 1009L, POOL.length);
    }

    private static float[] vector(long id, int life) {
        return POOL[place(id, life)];
    }

    /** The exact scores of the pool under each query. */
    private static float[][] scores(Metric metric) {
        float[][] scores = new float[QUERIES.length][POOL.length];
        try (VectorIndex exact = CheckedIndexes.exact(metric, POOL, D)) {
            for (int q = 0; q < QUERIES.length; q++) {
                Neighbors all = exact.search(QUERIES[q], POOL.length);
                for (int i = 0; i < all.size(); i++) {
                    scores[q][(int) all.id(i)] = all.score(i);
                }
            }
        }
        return scores;
    }

    private static float[][] firstLives() {
        return IntStream.range(0, IDS).mapToObj(id -> vector(id, 0)).toArray(float[][]::new);
    }

    /** What every id has lived through: changes of one id are made by one thread, so both numbers only grow. */
    private static final class Lives {
        final AtomicIntegerArray begun = new AtomicIntegerArray(IDS);
        final AtomicIntegerArray ended = new AtomicIntegerArray(IDS);

        int[] ended() {
            return IntStream.range(0, IDS).map(ended::get).toArray();
        }

        /** Brings an id to its next life, or to the one after that. */
        void change(LiveIndex index, int id, boolean update) {
            int now = ended.get(id);
            int next = update && now % 2 == 0 ? now + 2 : now + 1;
            begun.set(id, next);
            if (next == now + 2) {
                index.update(id, vector(id, next));
            } else if (next % 2 == 1) {
                assertThat(index.remove(id)).isTrue();
            } else {
                index.add(id, vector(id, next));
            }
            ended.set(id, next);
        }

        /** That an id that was found may be, and has the score of a life that it had meanwhile. */
        void assertCanBe(int id, float score, int[] before, float[] scores) {
            int last = begun.get(id);
            for (int life = before[id]; life <= last; life++) {
                if (life % 2 == 0 && scores[place(id, life)] == score) {
                    return;
                }
            }
            fail("id %s has score %s, which none of its lives %s..%s has", id, score, before[id], last);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HNSW8(efConstruction=30)",
                "HNSW8(efConstruction=30),RaBitQ2,Refine(Flat)",
                "HNSW8(efConstruction=30),SQ8,Refine(Flat)",
                "IVF8",
                "IVF8,RaBitQ2,Refine(Flat)"
            })
    void searchesFindWhatIsThereOnceWithItsOwnScore(String spec) throws Exception {
        float[][] scores = scores(Metric.COSINE);
        ChangingIndex index = graphs.build(spec, Metric.COSINE, firstLives(), D);
        Lives lives = new Lives();
        AtomicBoolean over = new AtomicBoolean();
        long seed = Seeds.random().nextLong();
        for (int t = 0; t < CHANGERS; t++) {
            int changer = t;
            start(() -> {
                Random random = new Random(seed + changer);
                while (!over.get()) {
                    int id = random.nextInt(IDS / CHANGERS) * CHANGERS + changer;
                    lives.change(index, id, random.nextInt(3) > 0);
                    if (random.nextInt(300) == 0) {
                        index.reclaim();
                    }
                }
                return null;
            });
        }
        AtomicInteger answers = new AtomicInteger();
        for (int t = 0; t < SEARCHERS; t++) {
            int searcher = t;
            start(() -> {
                Random random = new Random(seed - searcher);
                while (!over.get()) {
                    int q = random.nextInt(QUERIES.length);
                    int k = random.nextInt(4) == 0 ? IDS : 10;
                    int[] before = lives.ended();
                    Neighbors found = index.search(QUERIES[q], k);
                    assertThat(found.ids()).doesNotHaveDuplicates();
                    for (int i = 0; i < found.size(); i++) {
                        lives.assertCanBe((int) found.id(i), found.score(i), before, scores[q]);
                    }
                    answers.incrementAndGet();
                }
                return null;
            });
        }
        awaitUnlessOver(() -> answers.get() >= ANSWERS);
        over.set(true);
        finish();
        int[] last = lives.ended();
        long[] expected = IntStream.range(0, IDS)
                .filter(id -> last[id] % 2 == 0)
                .asLongStream()
                .toArray();
        long[] found = index.search(QUERIES[0], IDS).ids();
        Arrays.sort(found);
        assertThat(found).isEqualTo(expected);
    }

    /** Nothing is removed here, so nothing may be missing at any moment. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsUpdatedIsFoundAllTheWhile(boolean filtered) throws Exception {
        float[][] scores = scores(Metric.L2);
        ChangingIndex index = graphs.build("HNSW8(efConstruction=30)", Metric.L2, firstLives(), D);
        Lives lives = new Lives();
        AtomicBoolean over = new AtomicBoolean();
        long seed = Seeds.random().nextLong();
        for (int t = 0; t < 2; t++) {
            int changer = t;
            start(() -> {
                Random random = new Random(seed + changer);
                while (!over.get()) {
                    lives.change(index, random.nextInt(IDS / 2) * 2 + changer, true);
                }
                return null;
            });
        }
        long[] wanted =
                LongStream.range(0, IDS).filter(id -> !filtered || id % 3 == 0).toArray();
        SearchOptions options =
                SearchOptions.DEFAULT.withEffort(8 * IDS).withFilter(filtered ? IdSet.of(wanted) : null);
        start(() -> {
            for (int i = 0; i < 1500; i++) {
                int q = i % QUERIES.length;
                int[] before = lives.ended();
                Neighbors found = index.search(QUERIES[q], IDS, options);
                IdSet ids = IdSet.of(found.ids());
                assertThat(LongStream.of(wanted).filter(id -> !ids.contains(id)))
                        .as("missing in search %s", i)
                        .isEmpty();
                assertThat(found.size()).as("search %s", i).isEqualTo(wanted.length);
                for (int j = 0; j < found.size(); j++) {
                    lives.assertCanBe((int) found.id(j), found.score(j), before, scores[q]);
                }
            }
            over.set(true);
            return null;
        });
        awaitUnlessOver(over::get);
        over.set(true);
        finish();
    }

    /** Slots of ids that are allowed are given to ids that are not, in the middle of batches and of joins. */
    @Test
    void filtersHoldWhileSlotsChangeHands() throws Exception {
        ChangingIndex index = graphs.build("HNSW8(efConstruction=30)", Metric.L2, firstLives(), D);
        AtomicBoolean over = new AtomicBoolean();
        start(() -> {
            Random random = new Random(8);
            while (!over.get()) {
                long id = random.nextInt(IDS);
                if (!index.remove(id)) {
                    index.update(id, POOL[random.nextInt(POOL.length)]);
                }
                index.update(id + IDS, POOL[random.nextInt(POOL.length)]);
                if (random.nextInt(50) == 0) {
                    index.reclaim();
                }
            }
            return null;
        });
        IdSet even = IdSet.of(LongStream.range(0, IDS).filter(id -> id % 2 == 0).toArray());
        SearchOptions options = SearchOptions.DEFAULT.withFilter(even).withEffort(2);
        try (Vectors batch = Vectors.of(POOL)) {
            for (int i = 0; i < 10; i++) {
                for (Neighbors found : index.searchAll(batch, 2, options)) {
                    assertThat(found.ids()).doesNotHaveDuplicates();
                    assertThat(LongStream.of(found.ids())).allMatch(even::contains);
                }
                index.searchSelf(2, options, (id, found) -> {
                    assertThat(found.ids()).doesNotHaveDuplicates().doesNotContain(id);
                    assertThat(LongStream.of(found.ids())).allMatch(even::contains);
                });
            }
        } finally {
            over.set(true);
        }
        finish();
    }

    /** Ids that nobody touches are told once each. */
    @Test
    void aJoinTellsWhatStaysOnceEach() throws Exception {
        ChangingIndex index = graphs.build("HNSW8(efConstruction=30)", Metric.L2, firstLives(), D);
        AtomicBoolean over = new AtomicBoolean();
        start(() -> {
            Random random = new Random(8);
            while (!over.get()) {
                long id = (long) IDS + random.nextInt(2000);
                if (!index.remove(id)) {
                    index.add(id, POOL[random.nextInt(POOL.length)]);
                }
            }
            return null;
        });
        try {
            for (int i = 0; i < 15; i++) {
                List<Long> told = new ArrayList<>();
                index.searchSelf(3, SearchOptions.DEFAULT.withEffort(10).withThreads(1 + i % 2), (id, found) -> {
                    told.add(id);
                    assertThat(found.ids()).doesNotHaveDuplicates().doesNotContain(id);
                });
                assertThat(told).doesNotHaveDuplicates();
                assertThat(new HashSet<>(told))
                        .containsAll(LongStream.range(0, IDS).boxed().toList());
            }
        } finally {
            over.set(true);
        }
        finish();
    }

    @Test
    void oneOfManyAddsOfAnIdWins() throws Exception {
        float[][] scores = scores(Metric.DOT);
        ChangingIndex index = graphs.build("HNSW8(efConstruction=30)", Metric.DOT, new float[0][], D);
        Set<Long> places = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        int ids = 300;
        for (int t = 0; t < 4; t++) {
            int place = 500 * t;
            start(() -> {
                for (int id = 0; id < ids; id++) {
                    try {
                        index.add(id, POOL[place + id]);
                        places.add((long) place + id);
                    } catch (IllegalArgumentException e) {
                        refused.incrementAndGet();
                    }
                }
                return null;
            });
        }
        finish();
        assertThat(index.size()).isEqualTo(ids);
        assertThat(refused.get()).isEqualTo(3 * ids);
        Neighbors found = index.search(QUERIES[0], ids);
        assertThat(found.size()).isEqualTo(ids);
        for (int i = 0; i < ids; i++) {
            long id = found.id(i);
            long winner = LongStream.of(id, id + 500, id + 1000, id + 1500)
                    .filter(places::contains)
                    .sum();
            assertThat(found.score(i)).as("id %s", id).isEqualTo(scores[0][(int) winner]);
        }
    }

    /** Added, updated and removed by all at once: afterwards an id has one vector or none, and one removal of it was right. */
    @Test
    void changesOfOneIdTakeTurns() throws Exception {
        ChangingIndex index = graphs.build("HNSW8(efConstruction=30)", Metric.L2, firstLives(), D);
        AtomicIntegerArray balance = new AtomicIntegerArray(10);
        for (int t = 0; t < 4; t++) {
            Random random = new Random(Seeds.random().nextLong() + t);
            start(() -> {
                for (int i = 0; i < 1500; i++) {
                    int hot = random.nextInt(balance.length());
                    long id = (long) IDS + hot;
                    float[] vector = POOL[random.nextInt(POOL.length)];
                    switch (random.nextInt(3)) {
                        case 0 -> {
                            try {
                                index.add(id, vector);
                                balance.incrementAndGet(hot);
                            } catch (IllegalArgumentException e) {
                                assertThat(e).hasMessageContaining("there already");
                            }
                        }
                        case 1 -> {
                            if (index.remove(id)) {
                                balance.decrementAndGet(hot);
                            }
                        }
                        default -> index.update(random.nextInt(5), vector);
                    }
                }
                return null;
            });
        }
        finish();
        for (int hot = 0; hot < balance.length(); hot++) {
            assertThat(balance.get(hot)).as("id %s", IDS + hot).isEqualTo(index.contains(IDS + hot) ? 1 : 0);
        }
        assertThat(index.search(QUERIES[0], 2 * IDS).ids())
                .hasSize(index.size())
                .doesNotHaveDuplicates();
    }

    /** A search may begin before the first vector is there and end after. */
    @Test
    void theFirstVectorsAreAddedWhileOthersSearch() throws Exception {
        for (int round = 0; round < 100; round++) {
            ChangingIndex index = graphs.build("HNSW2(efConstruction=10)", Metric.L2, new float[0][], D);
            AtomicBoolean over = new AtomicBoolean();
            start(() -> {
                while (!over.get()) {
                    assertThat(index.search(QUERIES[0], 5).ids()).doesNotHaveDuplicates();
                    index.searchWithin(QUERIES[0], 1e9f, SearchOptions.DEFAULT);
                }
                return null;
            });
            for (int t = 0; t < 2; t++) {
                long from = 20L * t;
                start(() -> {
                    for (long id = from; id < from + 20; id++) {
                        index.add(id, POOL[(int) id]);
                    }
                    return null;
                });
            }
            for (Future<?> adds : underWay.subList(1, 3)) {
                adds.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            over.set(true);
            finish();
            assertThat(index.search(QUERIES[0], 100).size()).isEqualTo(40);
            graphs.close(index);
        }
    }

    @Test
    void whatIsSavedWhileOthersChangeIsWhole() throws Exception {
        ChangingIndex index =
                graphs.build("HNSW8(efConstruction=30),RaBitQ2,Refine(Flat)", Metric.COSINE, firstLives(), D);
        Lives lives = new Lives();
        AtomicBoolean over = new AtomicBoolean();
        for (int t = 0; t < 2; t++) {
            int changer = t;
            start(() -> {
                Random random = new Random(changer);
                while (!over.get()) {
                    lives.change(index, random.nextInt(IDS / 2) * 2 + changer, random.nextBoolean());
                }
                return null;
            });
        }
        Path file = folder.resolve("index");
        try {
            for (int i = 0; i < 12; i++) {
                int[] before = lives.ended();
                index.save(file);
                ChangingIndex opened = graphs.open(file);
                opened.verify(Progress.NONE);
                long[] ids = opened.search(QUERIES[0], IDS).ids();
                assertThat(ids).hasSize(opened.size()).doesNotHaveDuplicates();
                IdSet saved = IdSet.of(ids);
                for (int id = 0; id < IDS; id++) {
                    if (lives.begun.get(id) == before[id]) {
                        assertThat(saved.contains(id)).as("id %s", id).isEqualTo(before[id] % 2 == 0);
                    }
                }
                opened.remove(ids[0]);
                opened.add(-1, QUERIES[0]);
                graphs.close(opened);
            }
        } finally {
            over.set(true);
        }
        finish();
    }

    /** Whoever is inside finishes, whoever comes later is refused, and no memory is read or written that was freed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingUnderLoadHarmsNobody(boolean mapped) throws Exception {
        Path file = folder.resolve("index");
        String spec = "HNSW8(efConstruction=20),SQ8,Refine(Flat)";
        ChangingIndex first = graphs.build(spec, Metric.L2, firstLives(), D);
        first.save(file);
        graphs.close(first);
        for (int round = 0; round < 25; round++) {
            Vectors vectors = Vectors.of(firstLives());
            ChangingIndex index = (ChangingIndex)
                    (mapped
                            ? Vicino.open(file)
                            : Vicino.index(vectors).metric(Metric.L2).spec(spec).buildLive());
            AtomicInteger done = new AtomicInteger();
            for (int t = 0; t < 5; t++) {
                int kind = t;
                long seed = Seeds.random().nextLong() + t;
                start(() -> {
                    Random random = new Random(seed);
                    try {
                        while (true) {
                            work(index, kind, random);
                            done.incrementAndGet();
                        }
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessageContaining("closed");
                    }
                    return null;
                });
            }
            int much = 5 + round * 30;
            awaitUnlessOver(() -> done.get() >= much);
            vectors.close(); // which are the index's, so that it ends with them
            index.close();
            finish();
        }
    }

    private static void work(ChangingIndex index, int kind, Random random) {
        long id = random.nextInt(2 * IDS);
        float[] vector = POOL[random.nextInt(POOL.length)];
        switch (kind) {
            case 0, 1 -> index.search(vector, 5);
            case 2 -> index.update(id, vector);
            case 3 -> index.remove(id);
            default -> {
                if (random.nextInt(4) == 0) {
                    index.learnAnew();
                } else {
                    index.reclaim();
                }
            }
        }
    }
}
