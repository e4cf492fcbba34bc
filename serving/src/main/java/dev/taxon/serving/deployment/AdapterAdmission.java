package dev.taxon.serving.deployment;

import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.serving.adapter.AdapterContents;
import dev.taxon.serving.adapter.AdapterReference;
import dev.taxon.serving.batching.OverloadedException;
import dev.taxon.serving.http.ProblemException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides once, when a request comes in, which version each adapter that it names stands for. Reads from the database only
 * what this node was not asked for before. Thread-safe.
 */
@Singleton
public final class AdapterAdmission {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Node node;
    private final DeployedAdapters deployed;
    private final ServedVersions versions;
    private final AdapterContents contents;

    AdapterAdmission(Node node, DeployedAdapters deployed, ServedVersions versions, AdapterContents contents) {
        this.node = node;
        this.deployed = deployed;
        this.versions = versions;
        this.contents = contents;
    }

    /**
     * The version for a request, which closes it.
     *
     * @param routingKey which side of a canary it falls on
     * @throws ProblemException when the tenant has no such adapter or version, no version of it is active, or its
     *     base model is not served
     * @throws OverloadedException while this node may not answer with adapters
     */
    public AdmittedAdapter admit(UUID tenant, AdapterReference reference, String routingKey) {
        while (true) {
            requireLease();
            DeployedAdapter adapter = deployed.find(tenant, reference.name()).orElseThrow(AdapterAdmission::noSuch);
            if (adapter.uses().enter()) {
                try {
                    return admit(adapter, reference, routingKey);
                } catch (RuntimeException | Error refused) {
                    adapter.uses().leave();
                    throw refused;
                }
            }
        }
    }

    /** What is answered while a node may not answer with adapters. */
    public static OverloadedException catchingUp() {
        return new OverloadedException("This node is catching up with the deployments of adapters. Try again.", PAUSE);
    }

    private AdmittedAdapter admit(DeployedAdapter adapter, AdapterReference reference, String routingKey) {
        int number = reference
                .number()
                .orElseGet(() -> adapter.answering(routingKey).orElseThrow(AdapterAdmission::noneActive));
        ServedVersion version = loaded(adapter, number);
        return new AdmittedAdapter(
                adapter.state().adapter(),
                version,
                version.reference(contents),
                reference.number().isPresent() ? Optional.empty() : shadow(adapter, number),
                adapter.uses(),
                node.lease());
    }

    private ServedVersion loaded(DeployedAdapter adapter, int number) {
        try {
            return adapter.version(number, wanted -> versions.load(adapter, wanted));
        } catch (CheckpointException unfit) {
            throw new ProblemException(
                    ErrorCode.CONFLICT,
                    "This version does not fit the base model that is served here under the name of its own. Train it"
                            + " again, or call another version.");
        }
    }

    /** A shadow that cannot be loaded must not fail who does not see it. */
    private Optional<ShadowVersion> shadow(DeployedAdapter adapter, int answering) {
        Integer shadow = adapter.state().shadow();
        if (shadow == null || !Integer.valueOf(answering).equals(adapter.state().active())) {
            return Optional.empty();
        }
        try {
            ServedVersion version = adapter.version(shadow, wanted -> versions.load(adapter, wanted));
            return Optional.of(new ShadowVersion(shadow, version.reference(contents), version.base()));
        } catch (CheckpointException | ProblemException | OverloadedException notNow) {
            return Optional.empty();
        }
    }

    private void requireLease() {
        if (!node.lease().held()) {
            throw catchingUp();
        }
    }

    private static ProblemException noSuch() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such adapter or version.");
    }

    private static ProblemException noneActive() {
        return new ProblemException(
                ErrorCode.CONFLICT,
                "No version of this adapter is active. Promote one, or name a version, such as support@1.");
    }
}
