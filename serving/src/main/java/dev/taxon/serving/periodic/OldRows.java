package dev.taxon.serving.periodic;

import dev.taxon.serving.database.AcrossTenants;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.database.TenantTransactions;
import java.time.Duration;
import java.util.UUID;

/**
 * Rows of every tenant that are kept for some time and then deleted, some in a transaction, so that nobody waits for it.
 *
 * @param tenants the function that names tenants which have such rows: of an interval and a number
 * @param delete deletes some of a tenant's, fewer than {@link #AT_ONCE} only when none are left; of an interval and a number
 * @param kept for how long they stay
 */
public record OldRows(String tenants, String delete, Duration kept) {
    private static final int TENANTS = 1_000;
    private static final int AT_ONCE = 500;

    /** Deletes what is old now. Blocks. */
    public void deleteFrom(AcrossTenants across, TenantTransactions transactions) {
        String query = "SELECT * FROM " + tenants + "(make_interval(secs => ?), ?)";
        for (UUID tenant :
                across.query(query, row -> row.getObject(1, UUID.class), (double) kept.toSeconds(), TENANTS)) {
            int deleted = AT_ONCE;
            while (deleted == AT_ONCE) {
                deleted = transactions.sql(
                        tenant, connection -> Sql.update(connection, delete, (double) kept.toSeconds(), AT_ONCE));
            }
        }
    }
}
