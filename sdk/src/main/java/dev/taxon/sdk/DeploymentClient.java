package dev.taxon.sdk;

import dev.taxon.sdk.wire.CanaryRequest;
import dev.taxon.sdk.wire.Comparison;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.PromoteRequest;
import dev.taxon.sdk.wire.ShadowRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Which versions of one adapter answer. Thread-safe. Methods fail with a {@link TaxonException}.
 *
 * <pre>{@code
 * DeploymentClient deployment = client.adapters().deployment("support");
 * deployment.shadow(4);
 * // ... some traffic later
 * deployment.comparison().pairs().forEach(System.out::println);
 * deployment.promote(4);
 * }</pre>
 */
public final class DeploymentClient {

    private final Calls calls;
    private final String adapter;
    private final DeploymentChanges changes;

    DeploymentClient(Calls calls, String adapter) {
        this(calls, adapter, new DeploymentChanges(calls, adapter, null));
    }

    private DeploymentClient(Calls calls, String adapter, DeploymentChanges changes) {
        this.calls = calls;
        this.adapter = adapter;
        this.changes = changes;
    }

    /**
     * The same, whose changes are made only while the deployment is as it was read; otherwise they fail with a {@link
     * PreconditionFailedException}. This one stays as it is.
     *
     * <pre>{@code
     * Deployment seen = client.adapters().get("support").deployment();
     * client.adapters().deployment("support").ifUnchangedSince(seen.generation()).rollback();
     * }</pre>
     *
     * @param generation the deployment's when it was read
     */
    public DeploymentClient ifUnchangedSince(long generation) {
        return new DeploymentClient(calls, adapter, new DeploymentChanges(calls, adapter, generation));
    }

    /**
     * Has a version answer. Returns when every node does so.
     *
     * <pre>{@code client.adapters().deployment("support").promote(4)}</pre>
     */
    public Deployment promote(int version) {
        return Futures.await(promoteAsync(version));
    }

    /**
     * As {@link #promote(int)}.
     *
     * <pre>{@code client.adapters().deployment("support").promoteAsync(4).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> promoteAsync(int version) {
        return promoteAsync(PromoteRequest.of(version));
    }

    /**
     * Has a version answer only if it is better than the active one.
     *
     * <pre>{@code client.adapters().deployment("support").promoteIfBetter(4)}</pre>
     *
     * @throws ConflictException where it is not, or where no evaluations tell
     */
    public Deployment promoteIfBetter(int version) {
        return Futures.await(promoteIfBetterAsync(version));
    }

    /**
     * As {@link #promoteIfBetter}.
     *
     * <pre>{@code client.adapters().deployment("support").promoteIfBetterAsync(4).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> promoteIfBetterAsync(int version) {
        return promoteAsync(PromoteRequest.ifBetter(version));
    }

    /**
     * As {@link #promote(int)}, with every condition on the version that there is.
     *
     * <pre>{@code deployment.promote(new PromoteRequest(4, Requirement.BETTER_THAN_ACTIVE, "tickets@2"))}</pre>
     */
    public Deployment promote(PromoteRequest request) {
        return Futures.await(promoteAsync(request));
    }

    /**
     * As {@link #promote(PromoteRequest)}.
     *
     * <pre>{@code client.adapters().deployment("support").promoteAsync(PromoteRequest.of(4)).join()}</pre>
     */
    public CompletableFuture<Deployment> promoteAsync(PromoteRequest request) {
        return changes.post("promote", request);
    }

    /**
     * Has the version answer that did before. However often the client sends it again after failures, it goes one step back.
     *
     * <pre>{@code client.adapters().deployment("support").rollback().active()}</pre>
     */
    public Deployment rollback() {
        return Futures.await(rollbackAsync());
    }

    /**
     * As {@link #rollback}.
     *
     * <pre>{@code client.adapters().deployment("support").rollbackAsync().thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> rollbackAsync() {
        return changes.post("rollback");
    }

    /**
     * Has a version answer a part of the calls; those of one {@code X-Taxon-Routing-Key} fall on one side.
     *
     * <pre>{@code client.adapters().deployment("support").canary(4, 5)}</pre>
     *
     * @param percent 1 to 99
     */
    public Deployment canary(int version, int percent) {
        return Futures.await(canaryAsync(version, percent));
    }

    /**
     * As {@link #canary}.
     *
     * <pre>{@code client.adapters().deployment("support").canaryAsync(4, 5).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> canaryAsync(int version, int percent) {
        return changes.put("canary", new CanaryRequest(version, percent));
    }

    /**
     * Ends the canary: the active version answers everything again.
     *
     * <pre>{@code client.adapters().deployment("support").endCanary()}</pre>
     */
    public Deployment endCanary() {
        return Futures.await(endCanaryAsync());
    }

    /**
     * As {@link #endCanary}.
     *
     * <pre>{@code client.adapters().deployment("support").endCanaryAsync().join()}</pre>
     */
    public CompletableFuture<Deployment> endCanaryAsync() {
        return changes.put("canary", new CanaryRequest(null, null));
    }

    /**
     * Has a version classify unseen what the active one answers.
     *
     * <pre>{@code client.adapters().deployment("support").shadow(4)}</pre>
     */
    public Deployment shadow(int version) {
        return Futures.await(shadowAsync(version));
    }

    /**
     * As {@link #shadow}.
     *
     * <pre>{@code client.adapters().deployment("support").shadowAsync(4).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> shadowAsync(int version) {
        return changes.put("shadow", new ShadowRequest(version));
    }

    /**
     * Ends what {@link #shadow} began.
     *
     * <pre>{@code client.adapters().deployment("support").endShadow()}</pre>
     */
    public Deployment endShadow() {
        return Futures.await(endShadowAsync());
    }

    /**
     * As {@link #endShadow}.
     *
     * <pre>{@code client.adapters().deployment("support").endShadowAsync().join()}</pre>
     */
    public CompletableFuture<Deployment> endShadowAsync() {
        return changes.put("shadow", new ShadowRequest(null));
    }

    /**
     * How often the active version and its shadow agree, by pair of best labels.
     *
     * <pre>{@code client.adapters().deployment("support").comparison().pairs().forEach(System.out::println)}</pre>
     */
    public Comparison comparison() {
        return Futures.await(comparisonAsync());
    }

    /**
     * As {@link #comparison()}.
     *
     * <pre>{@code client.adapters().deployment("support").comparisonAsync().thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Comparison> comparisonAsync() {
        return calls.get(path("comparison"), Comparison.class);
    }

    /**
     * As {@link #comparison()}, of versions of before.
     *
     * <pre>{@code client.adapters().deployment("support").comparison(3, 4).agreed()}</pre>
     *
     * @param active the version that was active
     * @param other the version that was its shadow
     */
    public Comparison comparison(int active, int other) {
        return Futures.await(comparisonAsync(active, other));
    }

    /**
     * As {@link #comparison(int, int)}.
     *
     * <pre>{@code client.adapters().deployment("support").comparisonAsync(3, 4).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Comparison> comparisonAsync(int active, int other) {
        return calls.get(Paths.query(path("comparison"), "active", active, "other", other), Comparison.class);
    }

    private String path(String what) {
        return Paths.of("adapters", adapter, what);
    }
}
