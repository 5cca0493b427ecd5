package dev.vicino.store.write;

import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.PointId;
import java.util.Arrays;
import java.util.List;

/** Which points an operation is about. */
public sealed interface PointSelector {
    /** Those of some ids; ids that are not there are no error. */
    record Ids(List<PointId> ids) implements PointSelector {
        /** Copies the list. */
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    /** Those that match when the operation takes effect. */
    record Matching(Filter filter) implements PointSelector {}

    /** Those of some ids. */
    static PointSelector of(PointId... ids) {
        return new Ids(List.of(ids));
    }

    /** Those of some ids that are numbers. */
    static PointSelector of(long... ids) {
        return new Ids(Arrays.stream(ids).mapToObj(PointId::of).toList());
    }

    /** Those that match a filter. */
    static PointSelector of(Filter filter) {
        return new Matching(filter);
    }
}
