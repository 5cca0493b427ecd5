package dev.vicino.store.truth;

import dev.vicino.store.point.PointId;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the truth says of a point beside its payload and its vectors.
 *
 * @param ordinal the row of the point in all tables; used again some time after the point is gone
 * @param version the sequence number of the last operation that changed the point
 * @param moved the sequence number of the last operation that changed a vector of it
 * @param parts what there is of it: bit 0 a payload that is not empty, bit i + 1 the vector of name i
 */
public record PointRow(int ordinal, PointId id, long version, long moved, long parts) {
    private static final long PAYLOAD = 1;

    /** Whether it has a payload that is not empty. */
    public boolean hasPayload() {
        return (parts & PAYLOAD) != 0;
    }

    /** Whether it has a vector of a name. */
    public boolean hasVector(int name) {
        return (parts & bit(name)) != 0;
    }

    /** Parts with or without a payload. */
    public static long withPayload(long parts, boolean present) {
        return present ? parts | PAYLOAD : parts & ~PAYLOAD;
    }

    /** Parts with or without the vector of a name. */
    public static long withVector(long parts, int name, boolean present) {
        return present ? parts | bit(name) : parts & ~bit(name);
    }

    private static long bit(int name) {
        return 1L << (name + 1);
    }

    /** The checksum of all fields. */
    int checksum() {
        byte[] idBytes = id.toBytes();
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES + 3 * Long.BYTES + idBytes.length)
                .putInt(ordinal)
                .putLong(version)
                .putLong(moved)
                .putLong(parts)
                .put(idBytes)
                .flip());
        return (int) crc.getValue();
    }
}
