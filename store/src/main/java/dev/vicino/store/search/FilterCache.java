package dev.vicino.store.search;

import dev.vicino.IdSet;
import dev.vicino.store.filter.Filter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The answers to the filters that were asked for last, each good until something is written. */
final class FilterCache {
    private static final int SIZE = 64;

    private final Map<Filter, Answer> answers = new LinkedHashMap<>(SIZE, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Filter, Answer> eldest) {
            return size() > SIZE;
        }
    };

    /**
     * The points that match.
     *
     * @param sequence up to which everything is in it
     * @param possible how many may match by the indexes
     */
    record Answer(long sequence, long possible, RoaringBitmap ordinals, IdSet ids) {
        static Answer of(long sequence, long possible, RoaringBitmap ordinals) {
            IdSet ids =
                    IdSet.of(Arrays.stream(ordinals.toArray()).asLongStream().toArray());
            return new Answer(sequence, possible, ordinals, ids);
        }
    }

    synchronized @Nullable Answer get(Filter filter, long sequence) {
        Answer known = answers.get(filter);
        return known != null && known.sequence == sequence ? known : null;
    }

    synchronized void put(Filter filter, Answer answer) {
        answers.put(filter, answer);
    }
}
