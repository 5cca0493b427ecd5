package dev.vicino.scan;

/** What a search is for: the k nearest rows, or all within a radius. */
public sealed interface Goal {
    /** The k nearest rows; all where there are fewer. */
    record KNearest(int k) implements Goal {}

    /** All rows at a distance of at most the radius. */
    record Within(float radius) implements Goal {}

    /** Something that rows are added to by their distances. */
    default Nearest collect(Ids ids) {
        return switch (this) {
            case KNearest(int k) -> new TopK(k, ids);
            case Within(float radius) -> new WithinRadius(radius, ids);
        };
    }

    /** Something that rows are added to by bounds of their distances. */
    default Candidates collect(Distances distances, Query query, Ids ids) {
        return switch (this) {
            case KNearest(int k) -> new NearestCandidates(distances, query, k, ids);
            case Within(float radius) -> new RadiusCandidates(distances, query, radius, ids);
        };
    }

    /** Neighbours wanted; 0 where all within a radius are. */
    default int k() {
        return switch (this) {
            case KNearest(int k) -> k;
            case Within ignored -> 0;
        };
    }
}
