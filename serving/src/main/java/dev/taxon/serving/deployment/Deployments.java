package dev.taxon.serving.deployment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.sdk.wire.CanaryRequest;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Problem;
import dev.taxon.sdk.wire.PromoteRequest;
import dev.taxon.sdk.wire.ShadowRequest;
import dev.taxon.serving.adapter.AdapterVersions;
import dev.taxon.serving.adapter.VersionBases;
import dev.taxon.serving.audit.Audit;
import dev.taxon.serving.database.TenantTransactions;
import dev.taxon.serving.http.EntityTag;
import dev.taxon.serving.http.ProblemException;
import dev.taxon.serving.http.ResourceName;
import dev.taxon.serving.idempotency.ChangesOnce;
import dev.taxon.serving.webhook.Webhooks;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes which versions answer. Each method comes back when every living node answers by the change (ADR 15); each change is
 * in the audit. Blocks. Thread-safe.
 */
@Singleton
public final class Deployments {
    private static final int MOST_PERCENT = 99;

    private final TenantTransactions transactions;
    private final DeploymentRows rows;
    private final AdapterVersions versions;
    private final VersionBases bases;
    private final Rehearsal rehearsal;
    private final Requirements requirements;
    private final Settlement settlement;
    private final Audit audit;
    private final Webhooks webhooks;
    private final ChangesOnce changes;

    Deployments(
            TenantTransactions transactions,
            DeploymentRows rows,
            AdapterVersions versions,
            VersionBases bases,
            Rehearsal rehearsal,
            Requirements requirements,
            Settlement settlement,
            Audit audit,
            Webhooks webhooks,
            ChangesOnce changes) {
        this.transactions = transactions;
        this.rows = rows;
        this.versions = versions;
        this.bases = bases;
        this.rehearsal = rehearsal;
        this.requirements = requirements;
        this.settlement = settlement;
        this.audit = audit;
        this.webhooks = webhooks;
        this.changes = changes;
    }

    /** Makes a version answer where calls name the adapter alone. */
    public Deployment promote(UUID tenant, String name, PromoteRequest request, @Nullable String ifMatch) {
        return change(tenant, name, ifMatch, request.version(), "adapter.promote", state -> {
            requireVersion(name, request.version());
            if (Objects.equals(state.active(), request.version())) {
                return state;
            }
            requirements.check(state, request);
            return state.promoted(request.version());
        });
    }

    /** Makes the version answer again that did before the last promotion. */
    public Deployment rollback(UUID tenant, String name, @Nullable String ifMatch) {
        return change(tenant, name, ifMatch, null, "adapter.rollback", state -> {
            Integer previous = state.previous();
            if (previous == null) {
                throw conflict("There is no version to go back to. Promote the one that is to answer.");
            }
            requireVersion(name, previous);
            return state.promoted(previous).withoutPrevious();
        });
    }

    /** Lets a version answer a part of the calls, or ends that. */
    public Deployment canary(UUID tenant, String name, CanaryRequest request, @Nullable String ifMatch) {
        Integer version = request.version();
        checkPercent(request);
        return change(tenant, name, ifMatch, version, "adapter.canary", state -> {
            requireBesideActive(name, state, version);
            return state.withCanary(version, request.percent());
        });
    }

    /** Lets a version classify unseen what the active one answers, or ends that. */
    public Deployment shadow(UUID tenant, String name, ShadowRequest request, @Nullable String ifMatch) {
        Integer version = request.version();
        return change(tenant, name, ifMatch, version, "adapter.shadow", state -> {
            requireBesideActive(name, state, version);
            return state.withShadow(version);
        });
    }

    /** @param loaded the version that must load here first; null for none */
    private Deployment change(
            UUID tenant,
            String name,
            @Nullable String ifMatch,
            @Nullable Integer loaded,
            String action,
            UnaryOperator<DeploymentState> step) {
        ResourceName.check(name, "name");
        Settled changed = changes.once(Settled.class, () -> {
            if (loaded != null) {
                rehearsal.run(tenant, name, loaded);
            }
            return transactions.in(tenant, () -> changes.note(Settled.by(store(name, ifMatch, action, step))));
        });
        settlement.await(tenant, changed.adapter(), changed.generation());
        return changed.deployment();
    }

    /**
     * What every node has to answer by before the call is answered.
     *
     * @param adapter the adapter's id
     * @param generation of the change, among those of all tenants
     */
    record Settled(UUID adapter, long generation, Deployment deployment) {
        static Settled by(DeploymentState state) {
            return new Settled(state.adapter(), state.generation(), state.wire());
        }
    }

    private DeploymentState store(
            String name, @Nullable String ifMatch, String action, UnaryOperator<DeploymentState> step) {
        DeploymentState state = rows.lock(name).orElseThrow(Deployments::noSuch);
        EntityTag.check(ifMatch, state.revision());
        DeploymentState next = step.apply(state);
        if (next.equals(state)) {
            return state;
        }
        audit.record(action, subject(next, action));
        if (!Objects.equals(next.active(), state.active())) {
            tellOfPromotion(next);
        }
        return rows.change(next);
    }

    private void tellOfPromotion(DeploymentState state) {
        webhooks.enqueue(
                "adapter.promoted",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("adapter", state.name())
                        .put("version", state.active()));
    }

    private static String subject(DeploymentState state, String action) {
        Integer version = switch (action) {
            case "adapter.canary" -> state.canary();
            case "adapter.shadow" -> state.shadow();
            default -> state.active();
        };
        return version == null ? state.name() : state.name() + "@" + version;
    }

    private void requireBesideActive(String name, DeploymentState state, @Nullable Integer version) {
        if (version == null) {
            return;
        }
        requireVersion(name, version);
        if (state.active() == null) {
            throw conflict("No version of this adapter is active yet. Promote one first.");
        }
        if (version.equals(state.active())) {
            throw conflict("This version is the active one already. Name another.");
        }
    }

    private void requireVersion(String name, int version) {
        bases.require(versions.require(name, version));
    }

    private static void checkPercent(CanaryRequest request) {
        Integer percent = request.percent();
        boolean ending = request.version() == null;
        boolean valid = ending ? percent == null : percent != null && percent >= 1 && percent <= MOST_PERCENT;
        if (!valid) {
            throw new ProblemException(Problem.of(
                            ErrorCode.INVALID_REQUEST,
                            "Beside a version, percent is a number from 1 to " + MOST_PERCENT
                                    + "; beside none, it is left out.")
                    .withAt("percent"));
        }
    }

    static ProblemException noSuch() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such adapter or version.");
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(ErrorCode.CONFLICT, detail);
    }
}
