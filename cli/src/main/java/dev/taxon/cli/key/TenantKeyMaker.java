package dev.taxon.cli.key;

import dev.taxon.cli.database.DatabaseLogin;
import dev.taxon.serving.tenant.Scope;
import dev.taxon.serving.tenant.TenantKeys;
import java.util.Set;

/** Makes keys in a database whose schema is up to date. */
public record TenantKeyMaker(DatabaseLogin database) {

    /** Makes a key of a tenant, and the tenant when there is none; the token cannot be had again. */
    public String create(String tenant, Set<Scope> scopes) {
        TenantKeys keys = new TenantKeys(Connections.application(database));
        return keys.createKey(keys.findOrCreate(tenant), scopes).token();
    }
}
