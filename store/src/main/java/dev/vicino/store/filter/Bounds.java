package dev.vicino.store.filter;

import org.jspecify.annotations.Nullable;

/**
 * The bounds of a range; null where it has none on that side.
 *
 * @param gt more than this
 * @param gte this or more
 * @param lt less than this
 * @param lte this or less
 */
public record Bounds<T extends Comparable<? super T>>(
        @Nullable T gt,
        @Nullable T gte,
        @Nullable T lt,
        @Nullable T lte) {
    /** From one value to another, both included. */
    public static <T extends Comparable<? super T>> Bounds<T> between(T from, T to) {
        return new Bounds<>(null, from, null, to);
    }

    /** One value or more. */
    public static <T extends Comparable<? super T>> Bounds<T> atLeast(T from) {
        return new Bounds<>(null, from, null, null);
    }

    /** Less than one value. */
    public static <T extends Comparable<? super T>> Bounds<T> below(T to) {
        return new Bounds<>(null, null, to, null);
    }

    /** Whether a value lies within. */
    public boolean contains(T value) {
        return (gt == null || value.compareTo(gt) > 0)
                && (gte == null || value.compareTo(gte) >= 0)
                && (lt == null || value.compareTo(lt) < 0)
                && (lte == null || value.compareTo(lte) <= 0);
    }

    /** A value that nothing within is below; null where there is none. */
    public @Nullable T low() {
        return gte == null ? gt : gte;
    }

    /** A value that nothing within is above; null where there is none. */
    public @Nullable T high() {
        return lte == null ? lt : lte;
    }
}
