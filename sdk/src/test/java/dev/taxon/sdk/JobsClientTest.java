package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.sdk.wire.ErrorCode;
import dev.taxon.sdk.wire.Job;
import dev.taxon.sdk.wire.JobRequest;
import dev.taxon.sdk.wire.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
final class JobsClientTest {

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void waitsForAJobTellingHowFarItIs() {
        server.then(200, Bodies.job("queued")).then(200, Bodies.job("running")).then(200, Bodies.job("succeeded"));
        List<JobState> seen = new ArrayList<>();

        Job job = client.jobs().await("j1", state -> seen.add(state.state()));

        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(seen).containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED);
        assertThat(time.sleeps).hasSize(2).isSorted();
    }

    @Test
    void aStateOfANewerServerIsWaitedThrough() {
        server.then(200, Bodies.job("pondering")).then(200, Bodies.job("succeeded"));

        assertThat(client.jobs().await("j1").state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aServerThatIsOnItsWayBackIsWaitedFor() {
        server.then(200, Bodies.job("running"));
        for (int look = 0; look < 20; look++) {
            server.then(503, "");
        }
        server.then(200, Bodies.job("succeeded"));

        assertThat(client.jobs().await("j1").state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aServerThatNeverAnsweredIsNot() {
        for (int look = 0; look < 5; look++) {
            server.then(503, "");
        }

        assertThatThrownBy(() -> client.jobs().await("j1")).isInstanceOf(OverloadedException.class);
    }

    @Test
    void aJobThatFailedSaysWhichAndWhy() {
        server.then(
                200,
                "{\"id\":\"j1\",\"state\":\"failed\",\"problem\":{\"code\":\"invalid_request\",\"status\":400,"
                        + "\"retryable\":false,\"at\":\"dataset\",\"detail\":\"The rows have one label.\"}}");

        JobFailedException failed = catchThrowableOfType(
                JobFailedException.class, () -> client.jobs().await("j1"));

        assertThat(failed).hasMessage("the job j1 failed: The rows have one label.");
        assertThat(failed.job()).isEqualTo("j1");
        assertThat(failed.cancelled()).isFalse();
        assertThat(failed.errorCode()).contains(ErrorCode.INVALID_REQUEST);
        assertThat(failed.place()).contains("dataset");
        assertThat(failed.status()).isEmpty();
        assertThat(failed.retryable()).isFalse();
    }

    @Test
    void theFutureOfAJobThatFailedFailsWithTheFailureItself() {
        server.then(200, Bodies.job("failed"));

        Throwable[] seen = new Throwable[1];
        CompletableFuture<?> done = client.jobs().awaitAsync("j1").handle((job, failure) -> seen[0] = failure);
        done.join();

        assertThat(seen[0]).isInstanceOf(JobFailedException.class).hasMessage("the job j1 failed");
    }

    @Test
    void aJobThatWasCancelledSaysThat() {
        server.then(200, Bodies.job("cancelled"));

        JobFailedException failed = catchThrowableOfType(
                JobFailedException.class, () -> client.jobs().await("j1"));

        assertThat(failed).hasMessage("the job j1 was cancelled");
        assertThat(failed.cancelled()).isTrue();
        assertThat(failed.code()).isEmpty();
    }

    @Test
    void whatThrowsWhileTellingEndsTheWaiting() {
        server.then(200, Bodies.job("running"));

        assertThatThrownBy(() -> client.jobs().await("j1", JobsClientTest::complain))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("of the caller");
        assertThatThrownBy(() ->
                        client.jobs().awaitAsync("j1", JobsClientTest::complain).join())
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancellingTheFutureEndsTheWaitingAndNotTheJob() {
        server.then(200, Bodies.job("running"));
        CompletableFuture<Job> waiting =
                server.client().pacing(time.endless()).build().jobs().awaitAsync("j1");

        time.asleep.join();
        waiting.cancel(true);

        assertThat(time.endless).failsWithin(Duration.ofSeconds(5));
        assertThat(time.endless).isCancelled();
        assertThat(server.asked).extracting(LoopbackServer.Asked::method).containsExactly("GET");
    }

    @Test
    void requestsAreWrittenAsTheContractSays() {
        server.then(201, Bodies.job("queued"));

        client.jobs().create(JobRequest.evaluate("support@3", "mails"));

        assertThat(server.asked.get(0).body())
                .isEqualTo("{\"kind\":\"evaluate\",\"adapter\":\"support@3\",\"dataset\":\"mails\"}");
    }

    private static void complain(Job job) {
        throw new IllegalStateException("of the caller");
    }
}
