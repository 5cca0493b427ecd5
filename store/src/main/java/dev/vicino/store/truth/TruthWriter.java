package dev.vicino.store.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.VectorValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one who writes the truth. What is written is seen by others, and durable, once {@link #commit} has returned. Not safe for use by
 * several threads.
 */
public final class TruthWriter {
    private final String database;
    private final Connection connection;
    private final Rows rows;
    private final PreparedStatement putPoint;
    private final PreparedStatement deletePoint;
    private final PreparedStatement putMeta;
    private final PreparedStatement save;
    private final PreparedStatement restore;
    private final PreparedStatement release;
    private final Table payloads;
    private final List<Table> vectors = new ArrayList<>();
    private Totals totals;
    private Totals committed;
    private Totals saved;

    /** What the table of points must add up to. */
    private record Totals(long points, long digest) {
        Totals with(PointRow row) {
            return new Totals(points + 1, digest + row.checksum());
        }

        Totals without(PointRow row) {
            return new Totals(points - 1, digest - row.checksum());
        }
    }

    TruthWriter(String database, Connection connection, int vectorNames) throws SQLException, IOException {
        this.database = database;
        this.connection = connection;
        connection.setAutoCommit(false);
        this.rows = new Rows(database, connection, vectorNames);
        this.putPoint = connection.prepareStatement("INSERT OR REPLACE INTO points VALUES(?, ?, ?, ?, ?, ?)");
        this.deletePoint = connection.prepareStatement("DELETE FROM points WHERE ordinal = ?");
        this.putMeta = connection.prepareStatement("INSERT OR REPLACE INTO meta VALUES(?, ?)");
        this.save = connection.prepareStatement("SAVEPOINT request");
        this.restore = connection.prepareStatement("ROLLBACK TO request");
        this.release = connection.prepareStatement("RELEASE request");
        this.payloads = new Table(connection, "payloads");
        for (int name = 0; name < vectorNames; name++) {
            vectors.add(new Table(connection, Schema.vectors(name)));
        }
        this.totals = new Totals(rows.number("points"), rows.number("digest"));
        this.committed = totals;
        this.saved = totals;
        connection.commit();
    }

    /** What can be read, with what was written and is not committed yet. */
    public Rows rows() {
        return rows;
    }

    /** How many points there are, with what is not committed yet. */
    public long points() {
        return totals.points();
    }

    /** Writes the row of a point, in the place of the one it had; null where it is new. */
    public void putPoint(PointRow row, @Nullable PointRow before) throws IOException {
        Sql.run(database, () -> {
            putPoint.setInt(1, row.ordinal());
            putPoint.setBytes(2, row.id().toBytes());
            putPoint.setLong(3, row.version());
            putPoint.setLong(4, row.moved());
            putPoint.setLong(5, row.parts());
            putPoint.setInt(6, row.checksum());
            putPoint.executeUpdate();
        });
        totals = (before == null ? totals : totals.without(before)).with(row);
    }

    /** Deletes a point and all it has. */
    public void delete(PointRow row) throws IOException {
        Sql.run(database, () -> {
            deletePoint.setInt(1, row.ordinal());
            deletePoint.executeUpdate();
        });
        if (row.hasPayload()) {
            payloads.delete(row.ordinal());
        }
        for (int name = 0; name < vectors.size(); name++) {
            if (row.hasVector(name)) {
                vectors.get(name).delete(row.ordinal());
            }
        }
        totals = totals.without(row);
    }

    /** Writes a payload. */
    public void putPayload(int ordinal, byte[] json) throws IOException {
        payloads.put(ordinal, json);
    }

    /** Deletes a payload. */
    public void deletePayload(int ordinal) throws IOException {
        payloads.delete(ordinal);
    }

    /** Writes a vector; null deletes it. */
    public void putVector(int name, int ordinal, @Nullable VectorValue vector) throws IOException {
        if (vector == null) {
            vectors.get(name).delete(ordinal);
        } else {
            vectors.get(name).put(ordinal, VectorCodec.write(vector));
        }
    }

    /** A payload as it is written. */
    public static byte[] json(ObjectNode payload) {
        try {
            return Rows.JSON.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("payload cannot be written as JSON", e);
        }
    }

    /** Writes the settings. */
    public void putSettings(String settings) throws IOException {
        put("settings", settings);
    }

    private void put(String key, Object value) throws IOException {
        Sql.run(database, () -> {
            putMeta.setString(1, key);
            putMeta.setObject(2, value);
            putMeta.executeUpdate();
        });
    }

    /** Marks a place to go back to. */
    public void save() throws IOException {
        Sql.run(database, save::execute);
        saved = totals;
    }

    /** Takes back what was written since {@link #save}. */
    public void restore() throws IOException {
        Sql.run(database, restore::execute);
        Sql.run(database, release::execute);
        totals = saved;
    }

    /** Keeps what was written since {@link #save}, as far as the rest is kept. */
    public void release() throws IOException {
        Sql.run(database, release::execute);
    }

    /**
     * Makes durable what was written.
     *
     * @param sequence the sequence number of the last operation
     * @throws IOException when it could not be; nothing of it is there then
     */
    public void commit(long sequence) throws IOException {
        put("sequence", sequence);
        put("points", totals.points());
        put("digest", totals.digest());
        Sql.run(database, connection::commit);
        committed = totals;
    }

    /**
     * Takes back what was written since the last commit.
     *
     * @throws IOException when nobody knows what was taken back; nothing may be written any more then
     */
    public void rollback() throws IOException {
        totals = committed;
        Sql.run(database, () -> {
            try {
                connection.rollback();
            } catch (SQLException e) {
                begin(e); // SQLite has rolled back by itself, as it does on a full disk
            }
        });
    }

    /** Begins a transaction where the driver takes an old one for running, and there is none. */
    private void begin(SQLException reason) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
        } catch (SQLException e) {
            e.addSuppressed(reason);
            throw e;
        }
    }

    void disconnect() throws IOException {
        Sql.run(database, connection::close);
    }

    /** One table of values by ordinal. */
    private final class Table {
        private final PreparedStatement put;
        private final PreparedStatement delete;

        Table(Connection connection, String table) throws SQLException {
            this.put = connection.prepareStatement("INSERT OR REPLACE INTO " + table + " VALUES(?, ?, ?)");
            this.delete = connection.prepareStatement("DELETE FROM " + table + " WHERE ordinal = ?");
        }

        void put(int ordinal, byte[] value) throws IOException {
            Sql.run(database, () -> {
                put.setInt(1, ordinal);
                put.setBytes(2, value);
                put.setInt(3, Rows.checksum(ordinal, value));
                put.executeUpdate();
            });
        }

        void delete(int ordinal) throws IOException {
            Sql.run(database, () -> {
                delete.setInt(1, ordinal);
                delete.executeUpdate();
            });
        }
    }
}
