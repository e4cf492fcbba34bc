package dev.taxon.serving.deployment;

import dev.taxon.serving.database.TenantTransactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The deployments that this node answers by. Read from the database when first asked for, and replaced by what {@link
 * ChangeApplier} brings; a smaller generation never replaces a larger one. Thread-safe.
 */
@Singleton
final class DeployedAdapters {
    private static final int MOST = 100_000;

    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final ConcurrentMap<Key, DeployedAdapter> byName = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong forgettings = new AtomicLong();

    DeployedAdapters(TenantTransactions transactions, DeploymentRows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    private record Key(UUID tenant, String name) {}

    /** The tenant's adapter of that name; empty when there is none. What is not there is asked for each time. */
    Optional<DeployedAdapter> find(UUID tenant, String name) {
        Key key = new Key(tenant, name);
        DeployedAdapter known = byName.get(key);
        return known == null ? readUnlessChanged(key) : Optional.of(known);
    }

    /** What was read while something changed may be older than what changed, and is read again. */
    private Optional<DeployedAdapter> readUnlessChanged(Key key) {
        while (true) {
            long before = changes.get();
            Optional<DeploymentState> state = transactions.in(key.tenant(), () -> rows.find(key.name()));
            if (state.isEmpty()) {
                return Optional.empty();
            }
            DeployedAdapter read = new DeployedAdapter(key.tenant(), state.get());
            DeployedAdapter kept =
                    byName.compute(key, (same, known) -> known == null && changes.get() == before ? read : known);
            if (kept == read && changes.get() != before && byName.remove(key, read)) {
                // A removal that walked past while this was put in place has not seen it.
                read.uses().revoke();
                continue;
            }
            if (kept != null) {
                forgetIdle();
                return Optional.of(kept);
            }
        }
    }

    /** How often everything was forgotten: what was read before that may be older than what others count on. */
    long forgettings() {
        return forgettings.get();
    }

    /**
     * Puts a deployment in the place of the older one, and comes back when nobody answers by that one any more.
     *
     * @param forgettings {@link #forgettings} before it was read
     * @param patience how long those may take that answer by it now
     * @return false when everything was forgotten since, so that it must be read again
     */
    boolean install(DeployedAdapter fresh, long forgettings, Duration patience) {
        changes.incrementAndGet();
        Key key = new Key(fresh.tenant(), fresh.state().name());
        Replaced replaced = new Replaced();
        byName.compute(key, (same, known) -> {
            if (this.forgettings.get() != forgettings) {
                return known;
            }
            boolean newer =
                    known == null || known.state().generation() < fresh.state().generation();
            replaced.adapter = newer ? known : fresh;
            return newer ? fresh : known;
        });
        if (replaced.adapter != null) {
            replaced.adapter.uses().retire(patience);
        }
        if (this.forgettings.get() == forgettings) {
            return true;
        }
        // Forgetting that walked past while this was put in place has not seen it.
        if (byName.remove(key, fresh)) {
            fresh.uses().revoke();
        }
        return false;
    }

    /** Forgets an adapter that was deleted, and comes back when nobody answers by it any more. */
    void remove(UUID tenant, UUID adapter, Duration patience) {
        changes.incrementAndGet();
        byName.forEach((key, known) -> {
            if (key.tenant().equals(tenant) && known.state().adapter().equals(adapter) && byName.remove(key, known)) {
                known.uses().retire(patience);
            }
        });
    }

    /** Forgets everything, and revokes what is in use. */
    void forgetAll() {
        changes.incrementAndGet();
        forgettings.incrementAndGet();
        byName.forEach((key, known) -> {
            byName.remove(key, known);
            known.uses().revoke();
        });
    }

    private void forgetIdle() {
        if (byName.size() > MOST) {
            byName.forEach((key, known) -> {
                if (known.uses().retireIdle()) {
                    byName.remove(key, known);
                }
            });
        }
    }

    private static final class Replaced {
        @Nullable
        DeployedAdapter adapter;
    }
}
