package dev.vicino.scan;

import dev.vicino.memory.Memory;
import org.jspecify.annotations.Nullable;

/** The caller's 64-bit id of each ordinal; the ordinal itself where the caller gave none. */
public interface Ids {
    /** Every ordinal is its own id. */
    Ids ORDINALS = ordinal -> ordinal;

    /** Ids as little-endian longs, one an ordinal; ordinals where there is no memory. */
    static Ids of(@Nullable Memory ids) {
        return ids == null ? ORDINALS : ordinal -> ids.segment().get(Memory.LONG, (long) ordinal * Long.BYTES);
    }

    long of(int ordinal);
}
