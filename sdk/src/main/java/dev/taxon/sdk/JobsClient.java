package dev.taxon.sdk;

import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobEvent;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Long work: training, evaluation, bulk classification; takes a key of the scope {@code train}. Thread-safe. Methods fail
 * with a {@link TaxonException}.
 */
public final class JobsClient {

    private final Calls calls;

    JobsClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Asks for long work.
     *
     * <pre>{@code Job job = client.jobs().create(JobRequest.lora("support", "mails"));}</pre>
     */
    public Job create(JobRequest request) {
        return Futures.await(createAsync(request));
    }

    /**
     * As {@link #create}.
     *
     * <pre>{@code client.jobs().createAsync(request).thenCompose(job -> client.jobs().awaitAsync(job.id()))}</pre>
     */
    public CompletableFuture<Job> createAsync(JobRequest request) {
        return calls.create("/v1/jobs", request, Job.class);
    }

    /**
     * All jobs, the newest first.
     *
     * <pre>{@code client.jobs().list().stream().limit(10).forEach(job -> System.out.println(job.state()))}</pre>
     */
    public Paged<Job> list() {
        return calls.list("/v1/jobs", Job.class);
    }

    /**
     * The jobs in one state, the newest first.
     *
     * <pre>{@code client.jobs().list(JobState.RUNNING).forEach(job -> System.out.println(job.progress()))}</pre>
     */
    public Paged<Job> list(JobState state) {
        String word = state.name().toLowerCase(Locale.ROOT);
        return calls.list(Paths.query("/v1/jobs", "state", word), Job.class);
    }

    /**
     * One job: its state, how far it is, why it failed.
     *
     * <pre>{@code client.jobs().get(id).progress()}</pre>
     */
    public Job get(String id) {
        return Futures.await(getAsync(id));
    }

    /**
     * As {@link #get}.
     *
     * <pre>{@code client.jobs().getAsync(id).thenAccept(job -> System.out.println(job.state()))}</pre>
     */
    public CompletableFuture<Job> getAsync(String id) {
        return calls.get(Paths.of("jobs", id), Job.class);
    }

    /**
     * Cancels a job; its worker stops within seconds.
     *
     * <pre>{@code client.jobs().cancel(id)}</pre>
     *
     * @throws ConflictException where it has ended otherwise
     */
    public Job cancel(String id) {
        return Futures.await(cancelAsync(id));
    }

    /**
     * As {@link #cancel}.
     *
     * <pre>{@code client.jobs().cancelAsync(id).join()}</pre>
     */
    public CompletableFuture<Job> cancelAsync(String id) {
        return calls.json(Call.of("POST", Paths.of("jobs", id, "cancel")), Job.class);
    }

    /**
     * Waits until a job has succeeded.
     *
     * <pre>{@code client.jobs().await(job.id()).result()}</pre>
     *
     * @return the job, succeeded
     * @throws JobFailedException where it failed or was cancelled, saying why
     * @throws TaxonException where the server does not answer any more; the job goes on, and may be waited for again
     */
    public Job await(String id) {
        return await(id, job -> {});
    }

    /**
     * As {@link #await(String)}, telling how far it is meanwhile.
     *
     * <pre>{@code client.jobs().await(id, job -> System.out.println(job.state() + " " + job.progress()))}</pre>
     *
     * @param progress told of the job each time that it was looked at, every two seconds at least, on a thread of the
     *     client's, which it must not hold; what it throws ends the waiting
     */
    public Job await(String id, Consumer<Job> progress) {
        return Futures.await(awaitAsync(id, progress));
    }

    /**
     * As {@link #await(String)}, without holding a thread.
     *
     * <pre>{@code client.jobs().awaitAsync(id).thenAccept(job -> System.out.println(job.result()))}</pre>
     *
     * @return fails with a {@link JobFailedException} where the job did; cancelling it ends the waiting, and the job goes on
     */
    public CompletableFuture<Job> awaitAsync(String id) {
        return awaitAsync(id, job -> {});
    }

    /**
     * As {@link #await(String, Consumer)}, without holding a thread.
     *
     * <pre>{@code client.jobs().awaitAsync(id, job -> bar.show(job.progress())).join()}</pre>
     */
    public CompletableFuture<Job> awaitAsync(String id, Consumer<Job> progress) {
        return Futures.map(
                new Waiting<>(calls, () -> getAsync(id), job -> ended(job, progress)).run(),
                JobsClient::succeeded,
                failure -> failure);
    }

    /**
     * What happens to a job, as it happens, until it has ended. A connection that breaks is made again where it stopped.
     *
     * <pre>{@code
     * try (JobEvents events = client.jobs().events(id)) {
     *     events.forEachRemaining(event -> System.out.println(event.kind() + " " + event.data()));
     * }
     * }</pre>
     *
     * @return to be closed; used by one thread at a time
     */
    public JobEvents events(String id) {
        return new JobEvents(calls, Paths.of("jobs", id, "events"));
    }

    /**
     * As {@link #events(String)}, told to somebody. Returns when the job has ended and all was told.
     *
     * <pre>{@code client.jobs().events(id, event -> System.out.println(event.kind() + " " + event.data()))}</pre>
     *
     * @param told on the calling thread; what it throws ends the watching
     */
    public void events(String id, Consumer<JobEvent> told) {
        try (JobEvents events = events(id)) {
            events.forEachRemaining(told);
        }
    }

    /**
     * As {@link #events(String, Consumer)}, without holding the calling thread: the client keeps one of its own for it.
     *
     * <pre>{@code client.jobs().eventsAsync(id, event -> bar.show(event.data())).thenRun(bar::close)}</pre>
     *
     * @param told on that thread; what it throws ends the watching
     * @return cancelling it ends the watching, and the job goes on
     */
    public CompletableFuture<@Nullable Void> eventsAsync(String id, Consumer<JobEvent> told) {
        return EventThread.tell(events(id), told);
    }

    /**
     * Streams the result of a job into a file: of {@code classify} a result a line, of the others one object.
     *
     * <pre>{@code client.jobs().downloadResult(id, Path.of("results.jsonl"))}</pre>
     *
     * @param file made, or written over
     * @return the file
     * @throws ConflictException where the job has no result, or none yet
     * @throws java.io.UncheckedIOException where the file cannot be written
     */
    public Path downloadResult(String id, Path file) {
        return Futures.await(downloadResultAsync(id, file));
    }

    /**
     * As {@link #downloadResult}.
     *
     * <pre>{@code client.jobs().downloadResultAsync(id, file).thenAccept(System.out::println)}</pre>
     */
    public CompletableFuture<Path> downloadResultAsync(String id, Path file) {
        return calls.download(Paths.of("jobs", id, "result"), "application/jsonl, application/json", file);
    }

    private static boolean ended(Job job, Consumer<Job> progress) {
        progress.accept(job);
        return job.state() != null && job.state().ended();
    }

    private static Job succeeded(Job job) {
        if (job.state() == JobState.SUCCEEDED) {
            return job;
        }
        throw JobFailedException.of(job);
    }
}
