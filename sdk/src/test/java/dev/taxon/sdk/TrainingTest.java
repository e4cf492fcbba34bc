package dev.taxon.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.sdk.wire.Example;
import dev.taxon.sdk.wire.Hyperparameters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From examples, or a version that is to be trained again, to a version that answers. */
@Timeout(30)
final class TrainingTest {

    private static final List<Example> EXAMPLES =
            List.of(new Example("charged twice", List.of("billing")), new Example("where is it", List.of("delivery")));

    @RegisterExtension
    final LoopbackServer server = new LoopbackServer();

    private final FakePacing time = new FakePacing();
    private final TaxonClient client = server.client().pacing(time.pacing(0)).build();

    @Test
    void trainsFromExamplesInOneCall() {
        server.then(409, "{\"code\":\"conflict\",\"status\":409,\"retryable\":false}")
                .then(201, Bodies.datasetVersion("stored"))
                .then(200, Bodies.datasetVersion("importing"))
                .then(200, Bodies.datasetVersion("ready"))
                .then(201, Bodies.job("queued"))
                .then(200, Bodies.trained(5))
                .then(200, Bodies.adapterVersion(5))
                .then(200, Bodies.deployment(5));

        Training training = client.adapters().train("support", EXAMPLES);
        assertThat(training.job()).isEqualTo("j1");
        assertThat(training.promote().active()).isEqualTo(5);

        assertThat(server.asked.get(1).body())
                .isEqualTo("{\"text\":\"charged twice\",\"true_labels\":[\"billing\"],"
                        + "\"all_labels\":[\"billing\",\"delivery\"]}\n"
                        + "{\"text\":\"where is it\",\"true_labels\":[\"delivery\"],"
                        + "\"all_labels\":[\"billing\",\"delivery\"]}\n");
        assertThat(server.asked.get(4).body())
                .isEqualTo("{\"kind\":\"lora\",\"adapter\":\"support\",\"dataset\":\"mails\",\"version\":2}");
        assertThat(server.asked.get(7).path()).isEqualTo("/v1/adapters/support/promote");
        assertThat(server.asked.get(7).body()).isEqualTo("{\"version\":5}");
    }

    @Test
    void learnsAsItIsTold() {
        server.then(201, "{\"name\":\"support\"}")
                .then(201, Bodies.datasetVersion("stored"))
                .then(200, Bodies.datasetVersion("ready"))
                .then(201, Bodies.job("queued"));

        client.adapters()
                .train("support", EXAMPLES, Hyperparameters.builder().epochs(5).build());

        assertThat(server.asked.get(3).body()).endsWith("\"hyperparameters\":{\"epochs\":5}}");
    }

    @Test
    void trainsAVersionAgainInOneCall() {
        server.then(201, "{\"id\":\"j1\",\"attempts\":0,\"request\":{\"retrain\":\"support@3\"}}")
                .then(200, Bodies.trained(5))
                .then(200, Bodies.adapterVersion(5))
                .then(200, Bodies.trained(5))
                .then(200, Bodies.adapterVersion(5));

        Training training = client.adapters().retrain("support@3");

        assertThat(training.await().version()).isEqualTo(5);
        assertThat(training.metricsAsync().join())
                .hasValueSatisfying(metrics ->
                        assertThat(metrics.get("accuracy").asDouble()).isEqualTo(0.9));
        assertThat(server.asked.get(0).path()).isEqualTo("/v1/jobs");
        assertThat(server.asked.get(0).body()).isEqualTo("{\"retrain\":\"support@3\"}");
        assertThat(server.asked.get(2).path()).isEqualTo("/v1/adapters/support/versions/5");
    }

    @Test
    void examplesThatAreRefusedSayWhy() {
        server.then(201, "{\"name\":\"mails\"}")
                .then(201, Bodies.datasetVersion("stored"))
                .then(200, Bodies.refused());

        assertThatThrownBy(() -> client.adapters().train("mails", EXAMPLES))
                .isInstanceOf(DatasetRefusedException.class)
                .hasMessageEndingWith("was refused: One class.");
        assertThatThrownBy(() -> client.adapters().train("mails", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTrainingThatFailsIsItsJobsFailure() {
        server.then(201, Bodies.job("queued")).then(200, Bodies.job("failed"));
        Training training = client.adapters().retrain("support@3");

        assertThatThrownBy(training::await).isInstanceOf(JobFailedException.class);
        assertThatThrownBy(training::metrics).isInstanceOf(JobFailedException.class);
        assertThatThrownBy(() -> training.promoteAsync().join()).hasCauseInstanceOf(JobFailedException.class);
        assertThat(server.asked).noneMatch(asked -> asked.path().contains("/adapters/"));
    }

    @Test
    void theFutureFailsWithTheFailureItself() {
        server.then(403, "");

        Throwable[] seen = new Throwable[1];
        CompletableFuture<?> done =
                client.adapters().trainAsync("support", EXAMPLES).handle((training, failure) -> seen[0] = failure);
        done.join();

        assertThat(seen[0]).isInstanceOf(PermissionException.class);
    }
}
