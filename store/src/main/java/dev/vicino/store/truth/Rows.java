package dev.vicino.store.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one connection, and compares every one with its checksum. Not safe for use by several threads. */
public final class Rows {
    static final ObjectMapper JSON = new ObjectMapper();

    private final String database;
    private final PreparedStatement point;
    private final PreparedStatement points;
    private final PreparedStatement meta;
    private final Values payloads;
    private final List<Values> vectors = new ArrayList<>();

    Rows(String database, Connection connection, int vectorNames) throws SQLException {
        this.database = database;
        String columns = "SELECT ordinal, id, version, moved, parts, crc FROM points";
        this.point = connection.prepareStatement(columns + " WHERE ordinal = ?");
        this.points = connection.prepareStatement(columns + " ORDER BY ordinal");
        this.meta = connection.prepareStatement("SELECT value FROM meta WHERE key = ?");
        this.payloads = new Values(connection, "payloads");
        for (int name = 0; name < vectorNames; name++) {
            vectors.add(new Values(connection, Schema.vectors(name)));
        }
    }

    /** Hears points. */
    public interface PointSink {
        void accept(PointRow row) throws IOException;
    }

    /** The point of an ordinal; null where there is none. */
    public @Nullable PointRow point(int ordinal) throws IOException {
        return Sql.get(database, () -> {
            point.setInt(1, ordinal);
            try (ResultSet found = point.executeQuery()) {
                return found.next() ? row(found) : null;
            }
        });
    }

    /**
     * Tells all points, by ordinal.
     *
     * @throws CorruptTruthException when one is damaged, or is missing
     */
    public void points(PointSink sink) throws IOException {
        Sql.run(database, () -> {
            long count = 0;
            long digest = 0;
            try (ResultSet found = points.executeQuery()) {
                while (found.next()) {
                    PointRow row = row(found);
                    count++;
                    digest += row.checksum();
                    sink.accept(row);
                }
            }
            checkMeta("points", count);
            checkMeta("digest", digest);
        });
    }

    private void checkMeta(String key, long found) throws IOException {
        long written = number(key);
        if (found != written) {
            throw new CorruptTruthException(database, key + " of the table of points", found, written);
        }
    }

    private PointRow row(ResultSet found) throws SQLException, CorruptTruthException {
        int ordinal = found.getInt(1);
        byte[] id = found.getBytes(2);
        if (id == null || (id.length != Long.BYTES && id.length != 2 * Long.BYTES)) {
            throw new CorruptTruthException(database, "id of point " + ordinal, "damaged", "8 or 16 bytes");
        }
        PointRow row = new PointRow(ordinal, PointId.ofBytes(id), found.getLong(3), found.getLong(4), found.getLong(5));
        if (row.checksum() != found.getInt(6)) {
            throw new CorruptTruthException(database, "checksum of point " + ordinal, found.getInt(6), row.checksum());
        }
        return row;
    }

    /** The payload of a point; a fresh object. */
    public ObjectNode payload(PointRow row) throws IOException {
        if (!row.hasPayload()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return (ObjectNode) JSON.readTree(payloads.get(row.ordinal()));
    }

    /** The vector of a point; null where it has none of this name. */
    public @Nullable VectorValue vector(PointRow row, int name) throws IOException {
        return row.hasVector(name) ? VectorCodec.read(vectors.get(name).get(row.ordinal())) : null;
    }

    /** Reads all that a point has. */
    void verify(PointRow row) throws IOException {
        if (row.hasPayload()) {
            payloads.get(row.ordinal());
        }
        for (int name = 0; name < vectors.size(); name++) {
            if (row.hasVector(name)) {
                vectors.get(name).get(row.ordinal());
            }
        }
    }

    /** The settings. */
    String settings() throws IOException {
        return Sql.get(database, () -> {
            meta.setString(1, "settings");
            try (ResultSet found = meta.executeQuery()) {
                if (!found.next()) {
                    throw new CorruptTruthException(database, "settings", "missing", "some");
                }
                return found.getString(1);
            }
        });
    }

    /** The sequence number of the last operation. */
    public long sequence() throws IOException {
        return number("sequence");
    }

    /** A number of the table of numbers. */
    long number(String key) throws IOException {
        return Sql.get(database, () -> {
            meta.setString(1, key);
            try (ResultSet found = meta.executeQuery()) {
                if (!found.next()) {
                    throw new CorruptTruthException(database, key, "missing", "a number");
                }
                return found.getLong(1);
            }
        });
    }

    static int checksum(int ordinal, byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(ordinal).flip());
        crc.update(value);
        return (int) crc.getValue();
    }

    /** One table of values by ordinal. */
    private final class Values {
        private final String table;
        private final PreparedStatement select;

        Values(Connection connection, String table) throws SQLException {
            this.table = table;
            this.select = connection.prepareStatement("SELECT value, crc FROM " + table + " WHERE ordinal = ?");
        }

        byte[] get(int ordinal) throws IOException {
            return Sql.get(database, () -> {
                select.setInt(1, ordinal);
                try (ResultSet found = select.executeQuery()) {
                    if (!found.next()) {
                        throw new CorruptTruthException(database, table + " row " + ordinal, "missing", "there");
                    }
                    byte[] value = found.getBytes(1);
                    if (value == null || checksum(ordinal, value) != found.getInt(2)) {
                        throw new CorruptTruthException(
                                database, table + " row " + ordinal, "damaged", "checksum " + found.getInt(2));
                    }
                    return value;
                }
            });
        }
    }
}
