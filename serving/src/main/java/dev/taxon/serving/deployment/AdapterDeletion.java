package dev.taxon.serving.deployment;

import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.DeletedVersions;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * Deletes adapters and versions, and waits as promotions do until no node answers by them. Whoever was not answered, as a node
 * was late or the line broke, asks for the same again and waits again, for as long as changes are noted: a day. Blocks.
 * Thread-safe.
 */
@Singleton
final class AdapterDeletion {
    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final AdapterVersions versions;
    private final DeletedVersions deleted;
    private final Settlement settlement;
    private final Audit audit;

    AdapterDeletion(
            TenantTransactions transactions,
            DeploymentRows rows,
            AdapterVersions versions,
            DeletedVersions deleted,
            Settlement settlement,
            Audit audit) {
        this.transactions = transactions;
        this.rows = rows;
        this.versions = versions;
        this.deleted = deleted;
        this.settlement = settlement;
        this.audit = audit;
    }

    /** The change that every node has to know of before the call is answered. */
    private record Change(UUID adapter, long generation) {}

    /**
     * Deletes an adapter with all its versions; comes back when none of them answers anywhere.
     *
     * @param force also when one of them is active, canary or shadow; a conflict otherwise
     */
    void adapter(UUID tenant, String name, boolean force) {
        ResourceName.check(name, "name");
        await(
                tenant,
                transactions.in(
                        tenant,
                        () -> rows.lock(name)
                                .map(state -> delete(state, force))
                                .or(() -> before(deleted.lastOf(name)))
                                .orElseThrow(Deployments::noSuch)));
    }

    private Change delete(DeploymentState state, boolean force) {
        if (!force && state.inUse().findAny().isPresent()) {
            throw Deployments.conflict("A version of this adapter answers calls. To delete it nevertheless, add"
                    + " ?force=true: calls that name it are refused from then on.");
        }
        audit.record("adapter.delete", state.name());
        deleted.adapter(state.adapter());
        // Last, as it holds up the changes of all tenants until this is committed.
        return new Change(state.adapter(), rows.noteChange(state.adapter()));
    }

    /** Deletes a version that does not answer; comes back when it can be called nowhere. */
    void version(UUID tenant, String name, int number) {
        ResourceName.check(name, "name");
        await(tenant, transactions.in(tenant, () -> {
            // First: who waits for it here finds out what became of the call before.
            Optional<DeploymentState> state = rows.lock(name);
            return before(deleted.adapterOf(name, number))
                    .orElseGet(() -> delete(state.orElseThrow(Deployments::noSuch), number));
        }));
    }

    private Change delete(DeploymentState state, int number) {
        UUID version = versions.require(state.name(), number).id();
        if (state.inUse().anyMatch(used -> used == number)) {
            throw Deployments.conflict("This version is active, canary or shadow. Promote another one, or end the"
                    + " canary or shadow, before you delete it.");
        }
        audit.record("adapter.version.delete", state.name() + "@" + number);
        deleted.version(version);
        boolean previous = Integer.valueOf(number).equals(state.previous());
        DeploymentState changed = rows.change(previous ? state.withoutPrevious() : state);
        return new Change(state.adapter(), changed.generation());
    }

    /** What an adapter was changed by last, where that was the deletion that is asked for again or came after it. */
    private Optional<Change> before(Optional<UUID> adapter) {
        return adapter.flatMap(id -> rows.lastChange(id).map(generation -> new Change(id, generation)));
    }

    private void await(UUID tenant, Change change) {
        settlement.await(tenant, change.adapter(), change.generation());
    }
}
