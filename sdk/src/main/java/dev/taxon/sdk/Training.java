package dev.taxon.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.sdk.wire.AdapterVersion;
import dev.taxon.sdk.wire.Deployment;
import dev.taxon.sdk.wire.Job;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An adapter in training, from {@link AdaptersClient#train}. The server trains whether anybody waits or not. Thread-safe.
 *
 * <pre>{@code
 * Training training = client.adapters().train("support", examples);
 * training.await(job -> System.out.println(job.progress()));
 * System.out.println(training.metrics());
 * training.promote();
 * client.classify(ClassifyRequest.of(ClassifyInput.builder("Where is it?").adapter("support").build()));
 * }</pre>
 */
public final class Training {

    private final TaxonClient client;
    private final String adapter;
    private final String job;

    Training(TaxonClient client, String adapter, String job) {
        this.client = client;
        this.adapter = adapter;
        this.job = job;
    }

    /**
     * The job's id, by which {@link JobsClient} knows it.
     *
     * <pre>{@code client.jobs().cancel(training.job())}</pre>
     */
    public String job() {
        return job;
    }

    /**
     * Waits until the version is there.
     *
     * <pre>{@code int version = training.await().version();}</pre>
     *
     * @throws JobFailedException where the job failed or was cancelled, saying why
     */
    public AdapterVersion await() {
        return await(state -> {});
    }

    /**
     * As {@link #await()}, telling how far it is meanwhile.
     *
     * <pre>{@code training.await(job -> System.out.println(job.state() + " " + job.progress()))}</pre>
     */
    public AdapterVersion await(Consumer<Job> progress) {
        return Futures.await(awaitAsync(progress));
    }

    /**
     * As {@link #await()}, without holding a thread.
     *
     * <pre>{@code training.awaitAsync().thenAccept(version -> System.out.println(version.metrics()))}</pre>
     *
     * @return fails with a {@link JobFailedException} where the job did; cancelling it ends the waiting, and the job goes on
     */
    public CompletableFuture<AdapterVersion> awaitAsync() {
        return awaitAsync(state -> {});
    }

    /**
     * As {@link #await(Consumer)}, without holding a thread.
     *
     * <pre>{@code training.awaitAsync(job -> bar.show(job.progress())).join()}</pre>
     */
    public CompletableFuture<AdapterVersion> awaitAsync(Consumer<Job> progress) {
        return Futures.compose(
                client.jobs().awaitAsync(job, progress),
                ended -> client.adapters().versions(adapter).getAsync(version(ended)));
    }

    /**
     * How good the version is on rows that were not learned from: held out, or, of few rows, each judged by a training
     * without it. Waits for the version.
     *
     * <pre>{@code training.metrics().map(metrics -> metrics.get("accuracy"))}</pre>
     *
     * @return empty where it was not measured
     */
    public Optional<JsonNode> metrics() {
        return Futures.await(metricsAsync());
    }

    /**
     * As {@link #metrics}, without holding a thread.
     *
     * <pre>{@code training.metricsAsync().thenAccept(metrics -> metrics.ifPresent(System.out::println))}</pre>
     *
     * @return fails with a {@link JobFailedException} where the job did
     */
    public CompletableFuture<Optional<JsonNode>> metricsAsync() {
        return Futures.map(awaitAsync(), version -> Optional.ofNullable(version.metrics()), Function.identity());
    }

    /**
     * Has the version answer from now on. Waits for it, and until every node does so.
     *
     * <pre>{@code training.promote().active()}</pre>
     */
    public Deployment promote() {
        return Futures.await(promoteAsync());
    }

    /**
     * As {@link #promote}, without holding a thread.
     *
     * <pre>{@code training.promoteAsync().thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Deployment> promoteAsync() {
        return Futures.compose(
                awaitAsync(), trained -> client.adapters().deployment(adapter).promoteAsync(trained.version()));
    }

    private static int version(Job job) {
        if (job.result() != null && job.result().get("version") instanceof Number number) {
            return number.intValue();
        }
        throw new ServerException(Failure.unreadable("the job has succeeded and names no version", 200, null));
    }
}
