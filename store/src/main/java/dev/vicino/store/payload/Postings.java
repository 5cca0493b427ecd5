package dev.vicino.store.payload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** The ordinals that have each of many keys. Not safe for use by several threads while it changes. */
final class Postings<K extends Comparable<? super K>> {
    private final NavigableMap<K, RoaringBitmap> byKey = new TreeMap<>();

    /** How a key is written. */
    interface KeyWriter<K> {
        void write(DataOutput out, K key) throws IOException;
    }

    /** How a key is read. */
    interface KeyReader<K> {
        K read(DataInput in) throws IOException;
    }

    /** All keys with their ordinals; a view, not to be changed. */
    NavigableMap<K, RoaringBitmap> byKey() {
        return byKey;
    }

    void add(K key, int ordinal) {
        byKey.computeIfAbsent(key, _ -> new RoaringBitmap()).add(ordinal);
    }

    void remove(K key, int ordinal) {
        RoaringBitmap ordinals = byKey.get(key);
        if (ordinals != null) {
            ordinals.remove(ordinal);
            if (ordinals.isEmpty()) {
                byKey.remove(key);
            }
        }
    }

    /** Removes ordinals whatever their keys are. */
    void forget(RoaringBitmap gone) {
        byKey.values().removeIf(ordinals -> {
            ordinals.andNot(gone);
            return ordinals.isEmpty();
        });
    }

    /** The ordinals of any of some bitmaps; a copy. */
    static RoaringBitmap union(Collection<RoaringBitmap> bitmaps) {
        return bitmaps.size() == 1 ? bitmaps.iterator().next().clone() : FastAggregation.or(bitmaps.iterator());
    }

    void write(DataOutput out, KeyWriter<K> writer) throws IOException {
        out.writeInt(byKey.size());
        for (Map.Entry<K, RoaringBitmap> entry : byKey.entrySet()) {
            writer.write(out, entry.getKey());
            entry.getValue().serialize(out);
        }
    }

    void read(DataInput in, KeyReader<K> reader) throws IOException {
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            K key = reader.read(in);
            RoaringBitmap ordinals = new RoaringBitmap();
            ordinals.deserialize(in);
            byKey.put(key, ordinals);
        }
    }
}
