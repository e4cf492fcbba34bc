package dev.taxon.serving.deployment;

import dev.taxon.core.InputException;
import dev.taxon.core.checkpoint.CheckpointException;
import dev.taxon.serving.http.ResourceName;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Loads and warms a version on this node before any node may answer by it: what does not load here is not deployed. */
@Singleton
final class Rehearsal {
    private final DeployedAdapters deployed;
    private final ServedVersions versions;
    private final Warming warming;

    Rehearsal(DeployedAdapters deployed, ServedVersions versions, Warming warming) {
        this.deployed = deployed;
        this.versions = versions;
        this.warming = warming;
    }

    /** Problems: no such version; its base model is not served here, or does not take it. */
    void run(UUID tenant, String name, int version) {
        ResourceName.check(name, "name");
        DeployedAdapter adapter = deployed.find(tenant, name).orElseThrow(Deployments::noSuch);
        try {
            warming.warm(versions.prepare(adapter, version));
        } catch (CheckpointException unfit) {
            throw Deployments.conflict(
                    "This version does not fit the base model that is served here under the name of its own.");
        } catch (InputException tooLong) {
            throw Deployments.conflict("The labels of this version do not fit the base model that it belongs to.");
        }
    }
}
