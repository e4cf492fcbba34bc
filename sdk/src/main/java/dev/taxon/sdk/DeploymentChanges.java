package dev.taxon.sdk;

import dev.taxon.sdk.wire.Deployment;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls that change one adapter's deployment. However often one is sent again after failures, it is done once: the second
 * time, its own condition would fail.
 *
 * @param generation what the deployment's must be, or null where any will do
 */
record DeploymentChanges(
        Calls calls, String adapter, @Nullable Long generation) {

    CompletableFuture<Deployment> post(String what) {
        return send(call("POST", what));
    }

    CompletableFuture<Deployment> post(String what, Object request) {
        return send(Calls.with(call("POST", what), request));
    }

    CompletableFuture<Deployment> put(String what, Object request) {
        return send(Calls.with(call("PUT", what), request));
    }

    private Call<byte[]> call(String method, String what) {
        return Call.of(method, Paths.of("adapters", adapter, what));
    }

    private CompletableFuture<Deployment> send(Call<byte[]> call) {
        Call<byte[]> once = Calls.once(call);
        return calls.json(
                generation == null ? once : once.withHeader("If-Match", "\"" + generation + "\""), Deployment.class);
    }
}
