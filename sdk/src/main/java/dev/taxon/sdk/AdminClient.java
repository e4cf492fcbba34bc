package dev.taxon.sdk;

import dev.taxon.sdk.wire.AuditEntry;
import dev.taxon.sdk.wire.Key;
import dev.taxon.sdk.wire.NewKey;
import dev.taxon.sdk.wire.NewTenant;
import dev.taxon.sdk.wire.QuotaLimits;
import dev.taxon.sdk.wire.Tenant;
import dev.taxon.sdk.wire.TenantChange;
import dev.taxon.sdk.wire.TenantState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What operators do: tenants, their keys and quotas, and the audit; takes an operator's key, {@code txo_...}, of a client
 * of its own. Thread-safe. Methods fail with a {@link TaxonException}.
 *
 * <p>Calls that make a key are not sent again by themselves after they failed: the answer with the secret could be lost,
 * and the key remain.
 */
public final class AdminClient {

    private final Calls calls;
    private final Calls unrepeated;

    /** @param unrepeated calls of the same client without retries */
    AdminClient(Calls calls, Calls unrepeated) {
        this.calls = calls;
        this.unrepeated = unrepeated;
    }

    /**
     * Makes a tenant, and its first key with every scope.
     *
     * <pre>{@code String token = operator.admin().createTenant("acme").token();}</pre>
     *
     * @return the key with its secret, which cannot be had again
     * @throws ConflictException where there is a tenant of this name
     */
    public Key createTenant(String name) {
        return Futures.await(createTenantAsync(name));
    }

    /**
     * As {@link #createTenant}.
     *
     * <pre>{@code operator.admin().createTenantAsync("acme").thenAccept(key -> keep(key.token()))}</pre>
     */
    public CompletableFuture<Key> createTenantAsync(String name) {
        return unrepeated.send("POST", "/v1/admin/tenants", new NewTenant(name, null), Key.class);
    }

    /**
     * The tenants by name.
     *
     * <pre>{@code operator.admin().tenants().forEach(tenant -> System.out.println(tenant.name()))}</pre>
     */
    public Paged<Tenant> tenants() {
        return calls.list("/v1/admin/tenants", Tenant.class);
    }

    /**
     * One tenant.
     *
     * <pre>{@code operator.admin().tenant("acme").state()}</pre>
     */
    public Tenant tenant(String name) {
        return Futures.await(tenantAsync(name));
    }

    /**
     * As {@link #tenant}.
     *
     * <pre>{@code operator.admin().tenantAsync("acme").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Tenant> tenantAsync(String name) {
        return calls.get(Paths.of("admin", "tenants", name), Tenant.class);
    }

    /**
     * Suspends a tenant: its keys are refused within seconds, and nothing of it is lost.
     *
     * <pre>{@code operator.admin().suspend("acme")}</pre>
     */
    public Tenant suspend(String name) {
        return Futures.await(suspendAsync(name));
    }

    /**
     * As {@link #suspend}.
     *
     * <pre>{@code operator.admin().suspendAsync("acme").join()}</pre>
     */
    public CompletableFuture<Tenant> suspendAsync(String name) {
        return change(name, TenantState.SUSPENDED);
    }

    /**
     * Ends the suspension of a tenant.
     *
     * <pre>{@code operator.admin().activate("acme")}</pre>
     */
    public Tenant activate(String name) {
        return Futures.await(activateAsync(name));
    }

    /**
     * As {@link #activate}.
     *
     * <pre>{@code operator.admin().activateAsync("acme").join()}</pre>
     */
    public CompletableFuture<Tenant> activateAsync(String name) {
        return change(name, TenantState.ACTIVE);
    }

    private CompletableFuture<Tenant> change(String name, TenantState state) {
        return calls.send("PATCH", Paths.of("admin", "tenants", name), new TenantChange(state), Tenant.class);
    }

    /**
     * Deletes a tenant with everything that is its own, for good.
     *
     * <pre>{@code operator.admin().deleteTenant("acme")}</pre>
     */
    public void deleteTenant(String name) {
        Futures.await(deleteTenantAsync(name));
    }

    /**
     * As {@link #deleteTenant}.
     *
     * <pre>{@code operator.admin().deleteTenantAsync("acme").join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteTenantAsync(String name) {
        return calls.delete(Paths.of("admin", "tenants", name));
    }

    /**
     * Makes a key of a tenant with these scopes.
     *
     * <pre>{@code operator.admin().createKey("acme", List.of("classify")).token()}</pre>
     *
     * @return the key with its secret, which cannot be had again
     */
    public Key createKey(String tenant, List<String> scopes) {
        return Futures.await(createKeyAsync(tenant, scopes));
    }

    /**
     * As {@link #createKey}.
     *
     * <pre>{@code operator.admin().createKeyAsync("acme", List.of("train")).thenAccept(key -> keep(key.token()))}</pre>
     */
    public CompletableFuture<Key> createKeyAsync(String tenant, List<String> scopes) {
        return unrepeated.send("POST", "/v1/admin/keys", new NewKey(tenant, scopes), Key.class);
    }

    /**
     * A tenant's keys without their secrets, revoked ones too.
     *
     * <pre>{@code operator.admin().keys("acme").forEach(key -> System.out.println(key.id() + " " + key.scopes()))}</pre>
     */
    public Paged<Key> keys(String tenant) {
        return calls.list(Paths.query("/v1/admin/keys", "tenant", tenant), Key.class);
    }

    /**
     * Revokes a key for good; nodes follow within seconds.
     *
     * <pre>{@code operator.admin().revokeKey(key.id())}</pre>
     */
    public void revokeKey(String id) {
        Futures.await(revokeKeyAsync(id));
    }

    /**
     * As {@link #revokeKey}.
     *
     * <pre>{@code operator.admin().revokeKeyAsync(key.id()).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> revokeKeyAsync(String id) {
        return calls.delete(Paths.of("admin", "keys", id));
    }

    /**
     * A tenant's quotas.
     *
     * <pre>{@code operator.admin().quotas("acme").textsPerDay()}</pre>
     */
    public QuotaLimits quotas(String tenant) {
        return Futures.await(quotasAsync(tenant));
    }

    /**
     * As {@link #quotas}.
     *
     * <pre>{@code operator.admin().quotasAsync("acme").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<QuotaLimits> quotasAsync(String tenant) {
        return calls.get(Paths.of("admin", "quotas", tenant), QuotaLimits.class);
    }

    /**
     * Sets a tenant's quotas, all of them; nodes follow within seconds.
     *
     * <pre>{@code operator.admin().setQuotas("acme", QuotaLimits.builder().textsPerDay(100_000L).build())}</pre>
     */
    public QuotaLimits setQuotas(String tenant, QuotaLimits limits) {
        return Futures.await(setQuotasAsync(tenant, limits));
    }

    /**
     * As {@link #setQuotas}.
     *
     * <pre>{@code operator.admin().setQuotasAsync("acme", QuotaLimits.unlimited()).join()}</pre>
     */
    public CompletableFuture<QuotaLimits> setQuotasAsync(String tenant, QuotaLimits limits) {
        return calls.send("PUT", Paths.of("admin", "quotas", tenant), limits, QuotaLimits.class);
    }

    /**
     * Who did what, newest first.
     *
     * <pre>{@code operator.admin().audit("acme").stream().limit(20).forEach(System.out::println)}</pre>
     *
     * @param tenant whom it was done to, also one that is gone; everybody when null
     */
    public Paged<AuditEntry> audit(@Nullable String tenant) {
        return calls.list(Paths.query("/v1/admin/audit", "tenant", tenant), AuditEntry.class);
    }
}
