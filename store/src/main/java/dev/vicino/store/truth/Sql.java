package dev.vicino.store.truth;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Work on SQLite, whose failures are I/O. */
final class Sql {
    private Sql() {}

    interface Work<T extends @Nullable Object> {
        T run() throws SQLException, IOException;
    }

    interface Step {
        void run() throws SQLException, IOException;
    }

    /**
     * Does work on a database.
     *
     * @throws CorruptTruthException when SQLite found damage
     * @throws IOException for any other failure, a full disk among them
     */
    static <T extends @Nullable Object> T get(String database, Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw failure(database, e);
        }
    }

    /** As {@link #get}, without a result. */
    static void run(String database, Step step) throws IOException {
        try {
            step.run();
        } catch (SQLException e) {
            throw failure(database, e);
        }
    }

    private static IOException failure(String database, SQLException e) {
        String message = database + ": " + e.getMessage();
        return isDamage(e) ? new CorruptTruthException(message, e) : new IOException(message, e);
    }

    private static boolean isDamage(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false;
        }
        // The low byte is the code, what is above says more of it.
        int code = sqlite.getResultCode().code & 0xff;
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }
}
