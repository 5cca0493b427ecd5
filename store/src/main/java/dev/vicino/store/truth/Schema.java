package dev.vicino.store.truth;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of the truth, format {@value #FORMAT}: one SQLite file in WAL mode, pages of 16 KiB.
 *
 * <pre>
 * meta      key, value            settings (JSON), sequence, points (how many), digest (the sum of the checksums of all points)
 * points    ordinal, id, version, moved, parts, crc      as {@link PointRow} has them; id is 8 or 16 bytes
 * payloads  ordinal, value, crc   JSON in UTF-8; no row where the payload is empty
 * vectors_i ordinal, value, crc   the vectors of name i, as {@link VectorCodec} has them
 * </pre>
 *
 * Every row has the CRC-32C of its ordinal and its value. That a row is missing shows in the parts or in the digest.
 */
final class Schema {
    static final int FORMAT = 1;

    /** "VICI"; tells the file from other databases. */
    static final int APPLICATION = 0x56494349;

    /** Rows of a few kilobytes fit, and one that changes does not write too much. */
    private static final int PAGE_BYTES = 1 << 14;

    private static final int HEADER_BYTES = 100;
    private static final int FORMAT_OFFSET = 60;
    private static final int APPLICATION_OFFSET = 68;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private Schema() {}

    /** Makes the tables of an empty database. Its format is in the file before the log is: it can be told without touching it. */
    static void create(Connection connection, int vectorNames) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("PRAGMA application_id = " + APPLICATION);
            statement.execute("PRAGMA user_version = " + FORMAT);
            statement.execute("CREATE TABLE meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID");
            statement.execute(
                    "CREATE TABLE points(ordinal INTEGER PRIMARY KEY, id BLOB NOT NULL, version INTEGER NOT NULL, "
                            + "moved INTEGER NOT NULL, parts INTEGER NOT NULL, crc INTEGER NOT NULL)");
            statement.execute(parts("payloads"));
            for (int name = 0; name < vectorNames; name++) {
                statement.execute(parts(vectors(name)));
            }
        }
    }

    private static String parts(String table) {
        return "CREATE TABLE " + table + "(ordinal INTEGER PRIMARY KEY, value BLOB NOT NULL, crc INTEGER NOT NULL)";
    }

    static String vectors(int name) {
        return "vectors_" + name;
    }

    /**
     * Looks at the header of a file without opening it as a database.
     *
     * @throws CorruptTruthException when it is not one of ours
     * @throws IOException when it is of a later format; the file stays untouched
     */
    static void check(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (header.hasRemaining()) {
                if (channel.read(header) < 0) {
                    throw new EOFException();
                }
            }
        } catch (EOFException e) {
            throw new CorruptTruthException(file + ": header ends after " + header.position() + " bytes", e);
        }
        byte[] magic = new byte[MAGIC.length];
        header.get(0, magic);
        if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC))) {
            throw new CorruptTruthException(
                    file.toString(), "magic", new String(magic, StandardCharsets.ISO_8859_1), "SQLite");
        }
        if (header.getInt(APPLICATION_OFFSET) != APPLICATION) {
            throw new CorruptTruthException(
                    file.toString(), "application", header.getInt(APPLICATION_OFFSET), APPLICATION);
        }
        int format = header.getInt(FORMAT_OFFSET);
        if (format != FORMAT) {
            throw new IOException(
                    file + ": format is " + format + ", expected " + FORMAT + ", the one that this version knows");
        }
    }
}
