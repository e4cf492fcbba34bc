package dev.taxon.sdk;

import dev.taxon.sdk.wire.Adapter;
import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.CanaryRequest;
import dev.taxon.sdk.wire.Comparison;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Hyperparameters;
import dev.taxon.sdk.wire.PromoteRequest;
import dev.taxon.sdk.wire.Requirement;
import dev.taxon.sdk.wire.ShadowRequest;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own classifiers: how they are trained, and which of them answer. Thread-safe. Methods fail with a {@link
 * TaxonException}.
 */
public final class AdaptersClient {

    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    private final Calls calls;
    private final Trainer trainer;

    AdaptersClient(Calls calls, Trainer trainer) {
        this.calls = calls;
        this.trainer = trainer;
    }

    /**
     * Trains a version from examples: they become a version of the data set of the adapter's name, from which a job
     * learns. Waits until the job was asked for.
     *
     * <pre>{@code
     * Training training = client.adapters().train("support", List.of(
     *         new Example("I was charged twice", List.of("billing")),
     *         new Example("Where is my parcel?", List.of("delivery"))));
     * training.await();
     * System.out.println(training.metrics());
     * training.promote();
     * }</pre>
     *
     * @param examples at least one of each label
     * @throws BadRequestException where the examples are not usable, saying why
     */
    public Training train(String adapter, List<Example> examples) {
        return Futures.await(trainAsync(adapter, examples));
    }

    /**
     * As {@link #train}, without holding a thread.
     *
     * <pre>{@code client.adapters().trainAsync("support", examples).thenCompose(Training::awaitAsync)}</pre>
     */
    public CompletableFuture<Training> trainAsync(String adapter, List<Example> examples) {
        return trainAsync(adapter, examples, Hyperparameters.DEFAULTS);
    }

    /**
     * As {@link #trainAsync(String, List)}, told how to learn.
     *
     * <pre>{@code client.adapters().trainAsync("support", examples, hyperparameters).join().job()}</pre>
     *
     * @param hyperparameters what is absent follows from the examples
     */
    public CompletableFuture<Training> trainAsync(
            String adapter, List<Example> examples, Hyperparameters hyperparameters) {
        return trainer.train(adapter, examples, hyperparameters);
    }

    /**
     * Trains a version again on the current base model, by the rows, hyperparameters and seed of its own lineage. The
     * metrics of what comes of it have the comparison with it, as {@code against_retrained_from}. Waits until the job was
     * asked for; {@link JobsClient#create} takes a {@link dev.taxon.sdk.wire.JobRequest#retrain} that differs from the
     * lineage in some fields.
     *
     * <pre>{@code
     * Training training = client.adapters().retrain("support@3");
     * System.out.println(training.metrics().map(metrics -> metrics.get("against_retrained_from")));
     * training.promote();
     * }</pre>
     *
     * @param version such as {@code support@3}
     * @throws ConflictException where its lineage lacks what that takes, saying what
     */
    public Training retrain(String version) {
        return Futures.await(retrainAsync(version));
    }

    /**
     * As {@link #retrain}, without holding a thread.
     *
     * <pre>{@code client.adapters().retrainAsync("support@3").thenCompose(Training::awaitAsync)}</pre>
     */
    public CompletableFuture<Training> retrainAsync(String version) {
        return trainer.retrain(version);
    }

    /**
     * The adapters by name.
     *
     * <pre>{@code client.adapters().list().forEach(adapter -> System.out.println(adapter.deployment()))}</pre>
     */
    public Paged<Adapter> list() {
        return new Paged<>(after -> calls.page(Paths.query("/v1/adapters", "after", after), Adapter.class));
    }

    /**
     * One adapter, and which of its versions answer.
     *
     * <pre>{@code client.adapters().get("support").deployment()}</pre>
     */
    public Adapter get(String name) {
        return Futures.await(getAsync(name));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.adapters().getAsync("support").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Adapter> getAsync(String name) {
        return calls.get(Paths.of("adapters", name), Adapter.class);
    }

    /**
     * The versions of an adapter.
     *
     * <pre>{@code client.adapters().versions("support").stream().map(AdapterVersion::metrics).toList()}</pre>
     */
    public Paged<AdapterVersion> versions(String name) {
        return new Paged<>(after ->
                calls.page(Paths.query(Paths.of("adapters", name, "versions"), "after", after), AdapterVersion.class));
    }

    /**
     * One version with its metrics and lineage.
     *
     * <pre>{@code client.adapters().version("support", 3).metrics()}</pre>
     */
    public AdapterVersion version(String name, int version) {
        return Futures.await(versionAsync(name, version));
    }

    /**
     * As {@link #version}.
     *
     * <pre>{@code client.adapters().versionAsync("support", 3).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<AdapterVersion> versionAsync(String name, int version) {
        return calls.get(Paths.of("adapters", name, "versions", version), AdapterVersion.class);
    }

    /**
     * Imports a zip of a PEFT folder as the next version.
     *
     * <pre>{@code client.adapters().importVersion("support", Path.of("adapter.zip")).version()}</pre>
     *
     * @throws IllegalArgumentException where there is no such file
     */
    public AdapterVersion importVersion(String name, Path zip) {
        return Futures.await(importVersionAsync(name, zip));
    }

    /**
     * As {@link #importVersion}.
     *
     * <pre>{@code client.adapters().importVersionAsync("support", zip).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<AdapterVersion> importVersionAsync(String name, Path zip) {
        Call<byte[]> call = Call.of("POST", Paths.of("adapters", name, "versions"))
                .withBody(publisher(zip), Calls.ZIP)
                .withLimit(LONGEST_UPLOAD);
        return calls.json(Calls.once(call), AdapterVersion.class);
    }

    /**
     * Exports a version as a zip of a PEFT folder.
     *
     * <pre>{@code client.adapters().export("support", 3, Path.of("support-3.zip"))}</pre>
     *
     * @param file made, or written over
     * @return the file
     */
    public Path export(String name, int version, Path file) {
        return Futures.await(exportAsync(name, version, file));
    }

    /**
     * As {@link #export}.
     *
     * <pre>{@code client.adapters().exportAsync("support", 3, file).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Path> exportAsync(String name, int version, Path file) {
        return calls.download(Paths.of("adapters", name, "versions", version, "export"), Calls.ZIP, file);
    }

    /**
     * Has a version answer. Returns when every node does so.
     *
     * <pre>{@code client.adapters().promote("support", 4)}</pre>
     */
    public Deployment promote(String name, int version) {
        return Futures.await(promoteAsync(name, PromoteRequest.of(version), null));
    }

    /**
     * Has a version answer only if it is better than the active one.
     *
     * <pre>{@code client.adapters().promoteIfBetter("support", 4)}</pre>
     *
     * @throws ConflictException where it is not, or where no evaluations tell
     */
    public Deployment promoteIfBetter(String name, int version) {
        PromoteRequest request = new PromoteRequest(version, Requirement.BETTER_THAN_ACTIVE, null);
        return Futures.await(promoteAsync(name, request, null));
    }

    /**
     * As {@link #promote}, with every condition that there is.
     *
     * <pre>{@code client.adapters().promoteAsync("support", PromoteRequest.of(4), deployment.generation()).join()}</pre>
     *
     * @param generation promotes only while this is still the deployment's; whatever it is when null
     */
    public CompletableFuture<Deployment> promoteAsync(String name, PromoteRequest request, @Nullable Long generation) {
        Call<byte[]> call = Calls.once(Calls.with(Call.of("POST", Paths.of("adapters", name, "promote")), request));
        return calls.json(
                generation == null ? call : call.withHeader("If-Match", "\"" + generation + "\""), Deployment.class);
    }

    /**
     * Has the version answer that did before.
     *
     * <pre>{@code client.adapters().rollback("support").active()}</pre>
     */
    public Deployment rollback(String name) {
        return Futures.await(rollbackAsync(name));
    }

    /**
     * As {@link #rollback}. Sent again after a failure it goes one step back all the same, under a key of its own.
     *
     * <pre>{@code client.adapters().rollbackAsync("support").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> rollbackAsync(String name) {
        return calls.json(Calls.once(Call.of("POST", Paths.of("adapters", name, "rollback"))), Deployment.class);
    }

    /**
     * Has a version answer a part of the calls; those of one {@code X-Taxon-Routing-Key} fall on one side.
     *
     * <pre>{@code client.adapters().canary("support", 4, 5)}</pre>
     *
     * @param percent 1 to 99
     */
    public Deployment canary(String name, int version, int percent) {
        return Futures.await(canaryAsync(name, new CanaryRequest(version, percent)));
    }

    /**
     * Ends the canary: the active version answers everything again.
     *
     * <pre>{@code client.adapters().endCanary("support")}</pre>
     */
    public Deployment endCanary(String name) {
        return Futures.await(canaryAsync(name, new CanaryRequest(null, null)));
    }

    /**
     * Begins or ends a canary.
     *
     * <pre>{@code client.adapters().canaryAsync("support", new CanaryRequest(4, 5)).join()}</pre>
     */
    public CompletableFuture<Deployment> canaryAsync(String name, CanaryRequest request) {
        return calls.send("PUT", Paths.of("adapters", name, "canary"), request, Deployment.class);
    }

    /**
     * Has a version classify unseen what the active one answers.
     *
     * <pre>{@code client.adapters().shadow("support", 4)}</pre>
     *
     * @param version null ends that
     */
    public Deployment shadow(String name, @Nullable Integer version) {
        return Futures.await(shadowAsync(name, version));
    }

    /**
     * As {@link #shadow}.
     *
     * <pre>{@code client.adapters().shadowAsync("support", 4).join()}</pre>
     */
    public CompletableFuture<Deployment> shadowAsync(String name, @Nullable Integer version) {
        return calls.send("PUT", Paths.of("adapters", name, "shadow"), new ShadowRequest(version), Deployment.class);
    }

    /**
     * Where the active version and its canary or shadow disagree.
     *
     * <pre>{@code client.adapters().comparison("support").pairs().forEach(System.out::println)}</pre>
     */
    public Comparison comparison(String name) {
        return Futures.await(comparisonAsync(name));
    }

    /**
     * As {@link #comparison}.
     *
     * <pre>{@code client.adapters().comparisonAsync("support").thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Comparison> comparisonAsync(String name) {
        return calls.get(Paths.of("adapters", name, "comparison"), Comparison.class);
    }

    /**
     * Deletes an adapter with all its versions, of which none answers.
     *
     * <pre>{@code client.adapters().delete("support")}</pre>
     *
     * @throws ConflictException where one of them answers
     */
    public void delete(String name) {
        Futures.await(deleteAsync(name, false));
    }

    /**
     * Deletes an adapter with all its versions.
     *
     * <pre>{@code client.adapters().deleteAsync("support", true).join()}</pre>
     *
     * @param force also where a version of it answers
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String name, boolean force) {
        return calls.delete(Paths.query(Paths.of("adapters", name), "force", force ? true : null));
    }

    /**
     * Deletes one version.
     *
     * <pre>{@code client.adapters().deleteVersion("support", 2)}</pre>
     */
    public void deleteVersion(String name, int version) {
        Futures.await(deleteVersionAsync(name, version));
    }

    /**
     * As {@link #deleteVersion}.
     *
     * <pre>{@code client.adapters().deleteVersionAsync("support", 2).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteVersionAsync(String name, int version) {
        return calls.delete(Paths.of("adapters", name, "versions", version));
    }

    private static BodyPublisher publisher(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException missing) {
            throw new IllegalArgumentException("there is no file " + file.getFileName(), missing);
        }
    }
}
