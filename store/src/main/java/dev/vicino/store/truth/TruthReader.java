package dev.vicino.store.truth;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * A look at the truth as it is at the moment of its first question, until it is closed, whatever is written meanwhile. Not safe for use
 * by several threads.
 */
public final class TruthReader implements AutoCloseable {
    private final String database;
    private final Connection connection;
    private final Rows rows;
    private final Consumer<TruthReader> giveBack;

    TruthReader(String database, Connection connection, int vectorNames, Consumer<TruthReader> giveBack)
            throws SQLException {
        this.database = database;
        this.connection = connection;
        this.giveBack = giveBack;
        connection.setAutoCommit(false);
        this.rows = new Rows(database, connection, vectorNames);
    }

    /** What can be read. */
    public Rows rows() {
        return rows;
    }

    /** Ends the look; the connection is used again. */
    @Override
    public void close() throws IOException {
        Sql.run(database, connection::commit);
        giveBack.accept(this);
    }

    void disconnect() throws IOException {
        Sql.run(database, connection::close);
    }
}
