package dev.vicino.store.point;

import java.nio.ByteBuffer;
import java.util.UUID;

/** What a caller names a point by: an unsigned 64-bit number or a UUID. Numbers come before UUIDs, both rise as they are written. */
public sealed interface PointId extends Comparable<PointId> {
    /** An unsigned 64-bit number. */
    record Numeric(long value) implements PointId {
        @Override
        public String toString() {
            return Long.toUnsignedString(value);
        }
    }

    /** A UUID. */
    record Uuid(UUID value) implements PointId {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** The id of an unsigned number. */
    static PointId of(long value) {
        return new Numeric(value);
    }

    /** The id of a UUID. */
    static PointId of(UUID value) {
        return new Uuid(value);
    }

    /**
     * Reads what {@link Object#toString} writes.
     *
     * @throws IllegalArgumentException for anything else
     */
    static PointId parse(String text) {
        try {
            return text.length() == 36 ? of(UUID.fromString(text)) : of(Long.parseUnsignedLong(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("id = " + text + ", expected a number of 64 bits or a UUID", e);
        }
    }

    /** Eight bytes of a number, sixteen of a UUID, big-endian. */
    default byte[] toBytes() {
        return switch (this) {
            case Numeric(long value) ->
                ByteBuffer.allocate(Long.BYTES).putLong(value).array();
            case Uuid(UUID value) ->
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits())
                        .array();
        };
    }

    /**
     * Reads what {@link #toBytes} writes.
     *
     * @throws IllegalArgumentException for another number of bytes
     */
    static PointId ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case Long.BYTES -> of(buffer.getLong());
            case 2 * Long.BYTES -> of(new UUID(buffer.getLong(), buffer.getLong()));
            default ->
                throw new IllegalArgumentException(
                        "id of " + bytes.length + " bytes, expected 8 of a number or 16 of a UUID");
        };
    }

    @Override
    default int compareTo(PointId other) {
        return switch (this) {
            case Numeric(long value) ->
                other instanceof Numeric(long otherValue) ? Long.compareUnsigned(value, otherValue) : -1;
            case Uuid(UUID value) -> other instanceof Uuid(UUID otherValue) ? compare(value, otherValue) : 1;
        };
    }

    /** By the digits; {@link UUID#compareTo} takes halves for signed numbers. */
    private static int compare(UUID a, UUID b) {
        int upper = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return upper != 0 ? upper : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
