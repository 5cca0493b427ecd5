package dev.vicino.store.payload;

import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.PointId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Turns a filter into what indexes know of it: a logic of three values, yes, no and perhaps, over all points at once. */
final class Selector {
    private final Function<JsonPath, @Nullable FieldIndex> indexes;
    private final Ordinals ordinals;
    private final RoaringBitmap all;

    Selector(Function<JsonPath, @Nullable FieldIndex> indexes, Ordinals ordinals) {
        this.indexes = indexes;
        this.ordinals = ordinals;
        this.all = ordinals.all();
    }

    Selection select(Condition condition) {
        return switch (condition) {
            case Filter filter -> filter(filter);
            case Condition.Field(JsonPath path, FieldTest test) -> field(path, test);
            case Condition.IsEmpty(JsonPath path) -> empty(path);
            case Condition.HasId(Set<PointId> ids) -> Selection.exact(ordinals.of(ids));
            case Condition.HasVector(String name) -> Selection.exact(ordinals.withVector(name));
            case Condition.ValuesCount count -> Selection.unknown(all);
            case Condition.IsNull isNull -> Selection.unknown(all);
            case Condition.Nested nested -> Selection.unknown(all);
        };
    }

    private Selection field(JsonPath path, FieldTest test) {
        FieldIndex index = indexes.apply(path);
        Selection found = index == null ? null : index.select(test);
        return found == null ? Selection.unknown(all) : found;
    }

    private Selection empty(JsonPath path) {
        FieldIndex index = indexes.apply(path);
        return index == null ? Selection.unknown(all) : Selection.exact(RoaringBitmap.andNot(all, index.present()));
    }

    private Selection filter(Filter filter) {
        Selection selection = Selection.exact(all);
        for (Condition condition : filter.must()) {
            selection = selection.and(select(condition));
        }
        for (Condition condition : filter.mustNot()) {
            selection = selection.and(select(condition).not(all));
        }
        if (!filter.should().isEmpty()) {
            selection = selection.and(atLeast(1, filter.should()));
        }
        Filter.MinShould minShould = filter.minShould();
        return minShould == null ? selection : selection.and(atLeast(minShould.count(), minShould.conditions()));
    }

    /** Points that meet so many of some conditions: after each condition, place j holds those that have met j so far. */
    private Selection atLeast(int count, List<Condition> conditions) {
        Selection none = Selection.exact(new RoaringBitmap());
        if (count > conditions.size()) {
            return none;
        }
        List<Selection> met = new ArrayList<>();
        met.add(Selection.exact(all));
        for (int j = 0; j < count; j++) {
            met.add(none);
        }
        for (Condition condition : conditions) {
            Selection now = select(condition);
            for (int j = count; j > 0; j--) {
                met.set(j, met.get(j).or(met.get(j - 1).and(now)));
            }
        }
        return met.getLast();
    }
}
