package dev.vicino.documents;

import dev.vicino.store.point.PointId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * The ids of points by those of documents: a UUID is itself; any other text has a UUID made of its SHA-256, of version 8, and is kept with
 * the point.
 */
final class DocumentIds {
    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 1L << 63;
    private static final long VARIANT_MASK = 3L << 62;

    private DocumentIds() {}

    /** Whether the id of the point says what that of the document is. */
    static boolean isUuid(String id) {
        if (id.length() != 36) {
            return false;
        }
        try {
            return UUID.fromString(id).toString().equals(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The id of the point. */
    static PointId point(String id) {
        return PointId.of(isUuid(id) ? UUID.fromString(id) : hashed(id));
    }

    private static UUID hashed(String id) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(id.getBytes(StandardCharsets.UTF_8)));
        long upper = (hash.getLong() & ~VERSION_MASK) | VERSION_8;
        long lower = (hash.getLong() & ~VARIANT_MASK) | VARIANT;
        return new UUID(upper, lower);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
