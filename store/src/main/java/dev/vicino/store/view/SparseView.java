package dev.vicino.store.view;

import dev.vicino.SearchOptions;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.point.VectorValue.Sparse;
import dev.vicino.store.settings.VectorSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sparse vectors as inverted lists: for every dimension the points that have a value there. In memory alone, read anew at every opening.
 *
 * <p>Lists are replaced, never changed. A search during a change may see some lists of a point before it and some after; whoever
 * searches looks at whether the point has changed since, and searches again.
 */
final class SparseView implements VectorView {
    private final VectorSettings settings;
    private final Map<Integer, InvertedList> lists = new ConcurrentHashMap<>();
    private final Map<Integer, Sparse> vectors = new ConcurrentHashMap<>();
    private final AtomicInteger end = new AtomicInteger();

    SparseView(VectorSettings settings) {
        this.settings = settings;
    }

    @Override
    public VectorSettings settings() {
        return settings;
    }

    @Override
    public boolean isIndexed() {
        return true;
    }

    @Override
    public Update prepare(Map<Integer, Moved> changes) {
        return new Update() {
            @Override
            public void apply() {
                Map<Integer, Map<Integer, @Nullable Float>> byDimension = new HashMap<>();
                changes.forEach((ordinal, moved) -> note(ordinal, (Sparse) moved.vector(), byDimension));
                byDimension.forEach(SparseView.this::change);
            }

            @Override
            public void close() {}
        };
    }

    private void note(int ordinal, @Nullable Sparse vector, Map<Integer, Map<Integer, @Nullable Float>> byDimension) {
        end.accumulateAndGet(ordinal + 1, Math::max);
        Sparse before = vector == null ? vectors.remove(ordinal) : vectors.put(ordinal, vector);
        if (before != null) {
            for (int dimension : before.indices()) {
                byDimension.computeIfAbsent(dimension, _ -> new HashMap<>()).put(ordinal, null);
            }
        }
        if (vector != null) {
            for (int i = 0; i < vector.indices().length; i++) {
                byDimension
                        .computeIfAbsent(vector.indices()[i], _ -> new HashMap<>())
                        .put(ordinal, vector.values()[i]);
            }
        }
    }

    private void change(int dimension, Map<Integer, @Nullable Float> values) {
        InvertedList changed = lists.getOrDefault(dimension, InvertedList.EMPTY).with(values);
        if (changed.size() == 0) {
            lists.remove(dimension);
        } else {
            lists.put(dimension, changed);
        }
    }

    @Override
    public Moment moment() {
        return new Moment() {
            @Override
            public Hits search(VectorValue query, int k, SearchOptions options) {
                return SparseView.this.search((Sparse) query, k, options);
            }

            @Override
            public boolean isWhole() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    private Hits search(Sparse query, int k, SearchOptions options) {
        SparseScores scores = new SparseScores(end.get());
        for (int i = 0; i < query.indices().length; i++) {
            InvertedList list = lists.get(query.indices()[i]);
            if (list != null) {
                list.addTo(scores, query.values()[i]);
            }
        }
        return scores.best(k, options.filter());
    }

    @Override
    public Progress progress(long count) {
        return new Progress(count, count, 0, 0, 0);
    }

    @Override
    public void awaitRoom(int most) {}

    @Override
    public void close() {}
}
