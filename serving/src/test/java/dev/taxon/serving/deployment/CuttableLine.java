package dev.taxon.serving.deployment;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A node's line to the database that a test may cut, as a network or a stopped process would. */
final class CuttableLine implements DataSource {
    private final DataSource whole;
    private volatile @Nullable Connection current;
    private volatile boolean cut;

    CuttableLine(DataSource whole) {
        this.whole = whole;
    }

    void cut() throws SQLException {
        cut = true;
        Connection open = current;
        if (open != null) {
            open.abort(Runnable::run);
        }
    }

    void mend() {
        cut = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cut) {
            throw new SQLException("The line is cut.", "08001");
        }
        Connection opened = whole.getConnection();
        current = opened;
        return opened;
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
