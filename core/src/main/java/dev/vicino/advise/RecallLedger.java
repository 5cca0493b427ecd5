package dev.vicino.advise;

import dev.vicino.SearchOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was seen of the recall, and the effort that follows from it: one for each selectivity. Safe for use by any number of threads.
 */
final class RecallLedger {
    private static final System.Logger LOG = System.getLogger("dev.vicino.advise");

    /** Large enough that a few steps meet any drift, small enough that little is wasted. */
    private static final double STEP = 1.25;

    private final GuardOptions options;
    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();
    private final Map<Selectivity, Level> levels = new EnumMap<>(Selectivity.class);
    private final Map<Kind, RecallWindow> kinds = new LinkedHashMap<>();
    private final List<EffortChange> changes = new ArrayList<>();

    private record Kind(String plan, Selectivity selectivity) {}

    /** An effort, and what was seen since it is what it is. */
    private static final class Level {
        private final RecallWindow window;
        private volatile int effort;

        Level(int effort, int size) {
            this.effort = effort;
            this.window = new RecallWindow(size);
        }
    }

    RecallLedger(GuardOptions options, int effort, InstantSource clock) {
        this.options = options;
        this.clock = clock;
        for (Selectivity selectivity : Selectivity.values()) {
            levels.put(selectivity, new Level(effort, options.window()));
        }
    }

    int effort(Selectivity selectivity) {
        return level(selectivity).effort;
    }

    private Level level(Selectivity selectivity) {
        return Objects.requireNonNull(levels.get(selectivity));
    }

    /** Takes down what a search found; at an effort of before a change it says nothing of the effort now. */
    void add(RecallWatch.Seen seen) {
        lock.lock();
        try {
            kinds.computeIfAbsent(new Kind(seen.plan(), seen.selectivity()), kind -> new RecallWindow(options.window()))
                    .add(seen.recall(), seen.k());
            Level level = level(seen.selectivity());
            if (seen.effort() == level.effort) {
                level.window.add(seen.recall(), seen.k());
                raise(level, seen.selectivity(), Math.min(seen.size(), SearchOptions.MAX_EFFORT));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells of a search that could not be looked at. */
    void failed(Exception reason) {
        LOG.log(System.Logger.Level.DEBUG, "a search could not be compared with the truth", reason);
    }

    private void raise(Level level, Selectivity selectivity, int most) {
        if (level.window.count() < options.least() || level.effort >= most) {
            return;
        }
        Interval recall = level.window.interval().orElseThrow();
        if (recall.low() >= options.floor()) {
            return;
        }
        int to = (int) Math.min(most, Math.max(level.effort + 1L, Math.round(level.effort * STEP)));
        EffortChange change = new EffortChange(clock.instant(), selectivity, level.effort, to, recall, options.floor());
        level.effort = to;
        level.window.clear();
        changes.add(change);
        LOG.log(System.Logger.Level.INFO, change.sentence());
    }

    /** Recall by plan and selectivity. */
    List<Watched> watched() {
        lock.lock();
        try {
            List<Watched> watched = new ArrayList<>();
            kinds.forEach((kind, window) -> window.interval()
                    .ifPresent(recall -> watched.add(new Watched(kind.plan, kind.selectivity, recall))));
            return watched;
        } finally {
            lock.unlock();
        }
    }

    /** Every change so far, in their order. */
    List<EffortChange> changes() {
        lock.lock();
        try {
            return List.copyOf(changes);
        } finally {
            lock.unlock();
        }
    }
}
