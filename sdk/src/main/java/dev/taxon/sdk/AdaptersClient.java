package dev.taxon.sdk;

import dev.taxon.sdk.wire.Adapter;
import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Hyperparameters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own classifiers: how they are trained, which {@linkplain #versions versions} they have, and {@linkplain
 * #deployment which of these answer}. Thread-safe. Methods fail with a {@link TaxonException}.
 */
public final class AdaptersClient {

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
     * @throws DatasetRefusedException where the examples are not usable, saying why
     */
    public Training train(String adapter, List<Example> examples) {
        return Futures.await(trainAsync(adapter, examples));
    }

    /**
     * As {@link #train(String, List)}, told how to learn.
     *
     * <pre>{@code client.adapters().train("support", examples, Hyperparameters.builder().epochs(5).build())}</pre>
     *
     * @param hyperparameters what is absent follows from the examples
     */
    public Training train(String adapter, List<Example> examples, Hyperparameters hyperparameters) {
        return Futures.await(trainAsync(adapter, examples, hyperparameters));
    }

    /**
     * As {@link #train(String, List)}, without holding a thread.
     *
     * <pre>{@code client.adapters().trainAsync("support", examples).thenCompose(Training::awaitAsync)}</pre>
     */
    public CompletableFuture<Training> trainAsync(String adapter, List<Example> examples) {
        return trainAsync(adapter, examples, Hyperparameters.DEFAULTS);
    }

    /**
     * As {@link #train(String, List, Hyperparameters)}, without holding a thread.
     *
     * <pre>{@code client.adapters().trainAsync("support", examples, hyperparameters).thenApply(Training::job)}</pre>
     */
    public CompletableFuture<Training> trainAsync(
            String adapter, List<Example> examples, Hyperparameters hyperparameters) {
        return trainer.train(adapter, examples, hyperparameters);
    }

    /**
     * Trains a version again on the current base model, by the rows, hyperparameters and seed of its own lineage. The
     * metrics of what comes of it have the comparison with it, as {@code against_retrained_from}. Waits until the job was
     * asked for; {@link JobsClient#create} takes a {@link dev.taxon.sdk.wire.JobRequest#retrain(String)} that differs from the
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
     * The versions of one adapter.
     *
     * <pre>{@code client.adapters().versions("support").get(3).metrics()}</pre>
     */
    public AdapterVersionsClient versions(String adapter) {
        return new AdapterVersionsClient(calls, adapter);
    }

    /**
     * Which versions of one adapter answer.
     *
     * <pre>{@code client.adapters().deployment("support").promote(4)}</pre>
     */
    public DeploymentClient deployment(String adapter) {
        return new DeploymentClient(calls, adapter);
    }

    /**
     * The adapters by name.
     *
     * <pre>{@code client.adapters().list().forEach(adapter -> System.out.println(adapter.deployment()))}</pre>
     */
    public Paged<Adapter> list() {
        return calls.list("/v1/adapters", Adapter.class);
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
     * Deletes an adapter with all its versions, of which none answers.
     *
     * <pre>{@code client.adapters().delete("support")}</pre>
     *
     * @throws ConflictException where one of them answers
     */
    public void delete(String name) {
        Futures.await(deleteAsync(name));
    }

    /**
     * As {@link #delete(String)}.
     *
     * <pre>{@code client.adapters().deleteAsync("support").join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String name) {
        return deleteAsync(name, false);
    }

    /**
     * Deletes an adapter with all its versions.
     *
     * <pre>{@code client.adapters().delete("support", true)}</pre>
     *
     * @param force also where a version of it answers
     */
    public void delete(String name, boolean force) {
        Futures.await(deleteAsync(name, force));
    }

    /**
     * As {@link #delete(String, boolean)}.
     *
     * <pre>{@code client.adapters().deleteAsync("support", true).join()}</pre>
     */
    public CompletableFuture<@Nullable Void> deleteAsync(String name, boolean force) {
        return calls.delete(Paths.query(Paths.of("adapters", name), "force", force ? true : null));
    }
}
