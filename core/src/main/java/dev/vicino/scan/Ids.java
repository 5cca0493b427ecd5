package dev.vicino.scan;

import dev.vicino.memory.Memory;
import org.jspecify.annotations.Nullable;

/** The caller's 64-bit id of each ordinal; the ordinal itself where the caller gave none. */
public final class Ids {
    /** Every ordinal is its own id. */
    public static final Ids ORDINALS = new Ids(null);

    private final @Nullable Memory ids;

    private Ids(@Nullable Memory ids) {
        this.ids = ids;
    }

    /** Ids as little-endian longs, one an ordinal; ordinals where there is no memory. */
    public static Ids of(@Nullable Memory ids) {
        return ids == null ? ORDINALS : new Ids(ids);
    }

    public long of(int ordinal) {
        return ids == null ? ordinal : ids.segment().get(Memory.LONG, (long) ordinal * Long.BYTES);
    }
}
