package dev.taxon.serving.adapter;

import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Numbers versions: 1, 2, 3 under each name, none twice, even where versions or the adapter were deleted between. Inside the
 * caller's tenant transaction, which holds others up that publish under the same name.
 */
@Singleton
final class AdapterNumbers {
    private final TenantTransactions transactions;

    AdapterNumbers(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * The number to give, and the adapter that it is given for.
     *
     * @param first whether the adapter was made for it
     */
    record Next(UUID adapter, int number, boolean first) {}

    Next next(String name) {
        ResourceName.check(name, "adapter");
        return transactions.sql(connection -> {
            int number = count(connection, name);
            boolean first = make(connection, name);
            return new Next(adapter(connection, name), number, first);
        });
    }

    /** Whether there is an adapter of this name. */
    boolean knows(String name) {
        return transactions.sql(
                connection -> Sql.first(connection, "SELECT 1 FROM adapter WHERE name = ?", row -> true, name)
                        .isPresent());
    }

    private static int count(Connection connection, String name) throws SQLException {
        return Sql.first(
                        connection,
                        "INSERT INTO adapter_numbering (name, numbered) VALUES (?, 1) ON CONFLICT (tenant_id, name)"
                                + " DO UPDATE SET numbered = adapter_numbering.numbered + 1 RETURNING numbered",
                        row -> row.getInt(1),
                        name)
                .orElseThrow();
    }

    private static boolean make(Connection connection, String name) throws SQLException {
        String insert = "INSERT INTO adapter (id, name) VALUES (?, ?) ON CONFLICT (tenant_id, name) DO NOTHING";
        return Sql.update(connection, insert, UUID.randomUUID(), name) == 1;
    }

    private static UUID adapter(Connection connection, String name) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT id FROM adapter WHERE name = ? FOR UPDATE",
                        row -> row.getObject(1, UUID.class),
                        name)
                .orElseThrow();
    }
}
