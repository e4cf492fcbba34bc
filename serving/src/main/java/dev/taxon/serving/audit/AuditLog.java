package dev.taxon.serving.audit;

import dev.taxon.sdk.wire.AuditEntry;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.database.DatabaseException;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.http.PageRequest;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the audit, newest first. It is of no tenant, and operators' alone to read. */
@Singleton
public final class AuditLog {
    private final DataSource dataSource;

    AuditLog(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The entries of this tenant, or of all. */
    public Page<AuditEntry> page(@Nullable String tenant, PageRequest request) {
        String query = "SELECT id, at, tenant, actor, action, subject, request_id FROM audit"
                + " WHERE (?::text IS NULL OR tenant = ?) AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?";
        long before = request.afterNumber();
        try (Connection connection = dataSource.getConnection()) {
            List<AuditEntry> found =
                    Sql.query(connection, query, AuditLog::entry, tenant, tenant, before, before, request.limit() + 1);
            return request.page(found, entry -> Long.toString(entry.id()));
        } catch (SQLException failure) {
            throw new DatabaseException("The audit could not be read.", failure);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("tenant"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("request_id"));
    }
}
