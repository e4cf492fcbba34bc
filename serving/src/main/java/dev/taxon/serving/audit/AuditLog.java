package dev.taxon.serving.audit;

import dev.taxon.sdk.wire.AuditEntry;
import dev.taxon.sdk.wire.Page;
import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.http.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit, newest first. It is of all tenants, and operators' alone to read. Blocks. Thread-safe. */
@Singleton
public final class AuditLog {
    private static final String ENTRIES =
            "SELECT id, at, tenant, actor, action, subject, request_id FROM audit_entries(?, ?, ?)";

    private final AcrossTenants across;

    AuditLog(AcrossTenants across) {
        this.across = across;
    }

    /** The entries of this tenant, or of all. */
    public Page<AuditEntry> page(@Nullable String tenant, PageRequest request) {
        List<AuditEntry> found =
                across.query(ENTRIES, AuditLog::entry, tenant, request.afterNumber(), request.limit() + 1);
        return request.page(found, entry -> Long.toString(entry.id()));
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
