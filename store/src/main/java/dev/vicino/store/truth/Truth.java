package dev.vicino.store.truth;

import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.SettingsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One database of points: one writer, any number of readers at once, none of whom waits for another.
 *
 * <p>Good to about ten million points: beyond, its file is too large for one machine's habits of copying and checking.
 */
public final class Truth implements AutoCloseable {
    private static final int BUSY_MILLIS = 60_000;

    /** Pages of log after which it is written back to the tables, 16 MiB. */
    private static final int CHECKPOINT_PAGES = 1000;

    /** A log that grew, because a reader held it, is cut to this again. */
    private static final int LOG_BYTES = 1 << 26;

    private static final int WRITER_CACHE_KIB = 64 << 10;
    private static final int READER_CACHE_KIB = 4 << 10;

    private final String name;
    private final String url;
    private final @Nullable Path file;
    private final CollectionSettings settings;
    private final TruthWriter writer;
    private final ConcurrentLinkedQueue<TruthReader> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Truth(String name, String url, @Nullable Path file, Connection connection) throws IOException {
        this.name = name;
        this.url = url;
        this.file = file;
        try {
            this.settings = readSettings(name, connection);
            this.writer = Sql.get(
                    name,
                    () -> new TruthWriter(name, connection, settings.vectors().size()));
        } catch (Throwable e) {
            Sql.run(name, connection::close);
            throw e;
        }
    }

    /** Makes a file, which must not be there. */
    public static Truth create(Path file, CollectionSettings settings) throws IOException {
        if (Files.exists(file)) {
            throw new IOException(file + " is there already, expected a new file");
        }
        String url = url(file);
        Connection connection = connect(file.toString(), url, WRITER_CACHE_KIB);
        fill(file.toString(), connection, settings);
        return open(file);
    }

    /** Makes a database that lies in memory and is gone when it is closed. */
    public static Truth inMemory(CollectionSettings settings) throws IOException {
        String name = "memory-" + UUID.randomUUID();
        String url = "jdbc:sqlite:file:/" + name + "?vfs=memdb";
        Connection keeps = connect(name, url, WRITER_CACHE_KIB);
        Connection connection = connect(name, url, WRITER_CACHE_KIB);
        fill(name, connection, settings);
        Truth truth = new Truth(name, url, null, connect(name, url, WRITER_CACHE_KIB));
        Sql.run(name, keeps::close);
        return truth;
    }

    private static void fill(String name, Connection connection, CollectionSettings settings) throws IOException {
        Sql.run(name, () -> {
            try (connection) {
                Schema.create(connection, settings.vectors().size());
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO meta VALUES "
                        + "('settings', ?), ('sequence', 0), ('points', 0), ('digest', 0)")) {
                    insert.setString(1, SettingsJson.write(settings));
                    insert.executeUpdate();
                }
            }
        });
    }

    /**
     * Opens a file.
     *
     * @throws CorruptTruthException when it is damaged
     * @throws IOException when it is of another format
     */
    public static Truth open(Path file) throws IOException {
        Schema.check(file);
        String name = file.toString();
        String url = url(file);
        Connection connection = connect(name, url, WRITER_CACHE_KIB);
        try {
            Sql.run(name, () -> execute(connection, "PRAGMA journal_mode = WAL"));
        } catch (Throwable e) {
            Sql.run(name, connection::close);
            throw e;
        }
        return new Truth(name, url, file, connection);
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static Connection connect(String name, String url, int cacheKib) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-cacheKib);
        config.setJournalSizeLimit(LOG_BYTES);
        return Sql.get(name, () -> {
            Connection connection = config.createConnection(url);
            try {
                execute(connection, "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
                execute(connection, "PRAGMA cell_size_check = ON");
            } catch (Throwable e) {
                connection.close();
                throw e;
            }
            return connection;
        });
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static CollectionSettings readSettings(String name, Connection connection) throws IOException {
        String json = Sql.get(name, () -> new Rows(name, connection, 0).settings());
        try {
            return SettingsJson.read(json);
        } catch (IllegalArgumentException e) {
            throw new CorruptTruthException(name + ": settings are damaged: " + e.getMessage(), e);
        }
    }

    /** What the collection was told last. */
    public CollectionSettings settings() {
        return settings;
    }

    /** The one writer. */
    public TruthWriter writer() {
        return writer;
    }

    /** Starts a look at what is there now. */
    public TruthReader read() throws IOException {
        if (closed.get()) {
            throw new IllegalStateException(name + " is closed");
        }
        TruthReader known = idle.poll();
        if (known != null) {
            return known;
        }
        Connection connection = connect(name, url, READER_CACHE_KIB);
        return Sql.get(
                name, () -> new TruthReader(name, connection, settings.vectors().size(), this::giveBack));
    }

    private void giveBack(TruthReader reader) {
        idle.add(reader);
    }

    /** Copies all that is committed to a new file, while others read and write. */
    public void copyTo(Path target) throws IOException {
        Connection connection = connect(name, url, READER_CACHE_KIB);
        Sql.run(name, () -> {
            try (connection;
                    PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
                copy.setString(1, target.toAbsolutePath().toString());
                copy.execute();
            }
        });
    }

    /**
     * Reads everything and compares every checksum.
     *
     * @throws CorruptTruthException naming what is damaged
     */
    public void verify() throws IOException {
        Connection connection = connect(name, url, READER_CACHE_KIB);
        Sql.run(name, () -> {
            try (connection;
                    Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String answer = found.next() ? found.getString(1) : "nothing";
                if (!answer.equals("ok")) {
                    throw new CorruptTruthException(name, "integrity", answer, "ok");
                }
            }
        });
        try (TruthReader reader = read()) {
            Rows rows = reader.rows();
            List<PointRow> points = new ArrayList<>();
            rows.points(points::add);
            for (PointRow row : points) {
                rows.verify(row);
            }
        }
    }

    /** Bytes on disk, the log among them; 0 in memory. */
    public long bytesDisk() throws IOException {
        if (file == null) {
            return 0;
        }
        Path log = Path.of(file + "-wal");
        return Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
    }

    /** Closes all connections; nobody may use one any more. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            for (TruthReader reader = idle.poll(); reader != null; reader = idle.poll()) {
                reader.disconnect();
            }
            writer.disconnect();
        }
    }
}
