package dev.taxon.serving.deployment;

import dev.taxon.sdk.wire.Deployment;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code deployment}, or what stands for it before the first change.
 *
 * @param adapter the adapter's id
 * @param generation of the last change, among those of all tenants; 0 before the first
 * @param revision of the last change, among those under this name, which is what callers see; 0 before the first
 */
record DeploymentState(
        UUID adapter,
        String name,
        @Nullable Integer active,
        @Nullable Integer previous,
        @Nullable Integer canary,
        @Nullable Integer canaryPercent,
        @Nullable Integer shadow,
        long generation,
        long revision,
        @Nullable Instant updatedAt) {

    /** The version answers from now on; what it was before, canary or shadow, it is no more. */
    DeploymentState promoted(int version) {
        boolean fromCanary = Objects.equals(canary, version);
        return new DeploymentState(
                adapter,
                name,
                version,
                active,
                fromCanary ? null : canary,
                fromCanary ? null : canaryPercent,
                Objects.equals(shadow, version) ? null : shadow,
                generation,
                revision,
                updatedAt);
    }

    DeploymentState withCanary(@Nullable Integer version, @Nullable Integer percent) {
        return new DeploymentState(
                adapter, name, active, previous, version, percent, shadow, generation, revision, updatedAt);
    }

    DeploymentState withShadow(@Nullable Integer version) {
        return new DeploymentState(
                adapter, name, active, previous, canary, canaryPercent, version, generation, revision, updatedAt);
    }

    /** Without a version to go back to. */
    DeploymentState withoutPrevious() {
        return new DeploymentState(
                adapter, name, active, null, canary, canaryPercent, shadow, generation, revision, updatedAt);
    }

    DeploymentState at(long newGeneration, long newRevision) {
        return new DeploymentState(
                adapter, name, active, previous, canary, canaryPercent, shadow, newGeneration, newRevision, updatedAt);
    }

    /** By the database's clock, as everybody else reads it. */
    DeploymentState storedAt(Instant moment) {
        return new DeploymentState(
                adapter, name, active, previous, canary, canaryPercent, shadow, generation, revision, moment);
    }

    /** Those that calls or texts reach. */
    IntStream inUse() {
        return Stream.of(active, canary, shadow).filter(Objects::nonNull).mapToInt(Integer::intValue);
    }

    Deployment wire() {
        return new Deployment(name, active, previous, canary, canaryPercent, shadow, revision, updatedAt);
    }
}
