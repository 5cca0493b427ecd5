package dev.vicino.store.payload;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Parts of sorted maps. */
final class Narrowing {
    private Narrowing() {}

    /** The keys from one to another, both included; null for no bound. */
    static <K extends Comparable<? super K>, V> NavigableMap<K, V> between(
            NavigableMap<K, V> map, @Nullable K low, @Nullable K high) {
        if (low != null && high != null && low.compareTo(high) > 0) {
            return Collections.emptyNavigableMap();
        }
        NavigableMap<K, V> from = low == null ? map : map.tailMap(low, true);
        return high == null ? from : from.headMap(high, true);
    }

    /** The keys that begin with a prefix. */
    static <V> NavigableMap<String, V> startingWith(NavigableMap<String, V> map, String prefix) {
        NavigableMap<String, V> from = map.tailMap(prefix, true);
        int at = prefix.length() - 1;
        while (at >= 0 && prefix.charAt(at) == Character.MAX_VALUE) {
            at--;
        }
        return at < 0 ? from : from.headMap(prefix.substring(0, at) + (char) (prefix.charAt(at) + 1), false);
    }

    /** Some keys, those that are there. */
    static <K, V> Map<K, V> at(NavigableMap<K, V> map, Iterable<K> keys) {
        Map<K, V> found = new HashMap<>();
        for (K key : keys) {
            V value = map.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }
}
