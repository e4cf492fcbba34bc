package dev.taxon.serving.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taxon.serving.queue.Lane;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a version is judged by that goes on from others: never by rows that one of these had learned. */
@QuarkusTest
class LearnedBeforeIT extends WorkTest {
    private static final String QUICK_LORA = ", 'hyperparameters': {'epochs': 1, 'folds': 2, 'batch_rows': 16}}";
    private static final String QUICK_PPO = ", 'hyperparameters': {'epochs': 1, 'batch_rows': 16}}";

    @BeforeEach
    void learnOnce() {
        upload("tickets", 0, 48);
        assertThat(scores("{'kind': 'lora', 'adapter': 'support', 'dataset': 'tickets'" + QUICK_LORA))
                .isEqualTo("cross_fitted 48");
    }

    @Test
    void rowsThatWereLearnedJudgeAsSuch() {
        String ppo = "{'kind': 'ppo', 'adapter': 'support', 'from': 'support@1', 'dataset': 'tickets'" + QUICK_PPO;
        assertThat(scores(ppo)).isEqualTo("learned 48");
        assertThat(scores("{'kind': 'lora', 'adapter': 'support', 'from': 'support@2', 'dataset': 'tickets'"
                        + QUICK_LORA))
                .isEqualTo("learned 48");
        assertThat(warnings()).isEqualTo(2);
    }

    @Test
    void rowsThatAreNewJudgeAlone() {
        upload("more", 24, 144);
        String ppo = "{'kind': 'ppo', 'adapter': 'support', 'from': 'support@1', 'dataset': 'more'" + QUICK_PPO;
        assertThat(scores(ppo.replace("{'epochs'", "{'held_out': 0.5, 'epochs'")))
                .isEqualTo("held_out 48");
        assertThat(scores("{'kind': 'lora', 'adapter': 'other', 'from': 'support@1', 'dataset': 'more'" + QUICK_LORA))
                .isEqualTo("cross_fitted 96");
        // Those that the version held out are new to it, and a fifth of them judges again.
        assertThat(scores(ppo.replace("support@1", "support@2"))).isEqualTo("held_out 10");
        assertThat(warnings()).isZero();
    }

    @Test
    void versionsAndRowsThatAreGoneHadLearnedTheirs() {
        assertThat(scores("{'kind': 'lora', 'adapter': 'support', 'from': 'support@1', 'dataset': 'tickets'"
                        + QUICK_LORA))
                .isEqualTo("learned 48");
        delete("/v1/adapters/support/versions/1");
        upload("more", 48, 96);
        String lora = "{'kind': 'lora', 'adapter': 'support', 'from': 'support@2', 'dataset': '%s'" + QUICK_LORA;
        assertThat(scores(lora.formatted("tickets"))).isEqualTo("learned 48");
        assertThat(scores(lora.formatted("more"))).isEqualTo("cross_fitted 48");
        delete("/v1/datasets/tickets");
        assertThat(scores(lora.formatted("more")))
                .as("nobody knows any more what it had learned")
                .isEqualTo("learned 48");
    }

    private void delete(String path) {
        assertThat(new JobCalls(token)
                        .response("DELETE", path, null, "application/json")
                        .statusCode())
                .isBetween(200, 299);
    }

    /** How a training was judged, and by how many rows. */
    private String scores(String request) {
        JobCalls calls = new JobCalls(token);
        String job = calls.create(request.replace('\'', '"'));
        take(runner, Lane.HEAVY);
        calls.awaitSuccess(job);
        JsonNode scores = get("/v1/jobs/" + job + "/result").at("/metrics/scores");
        return scores.path("kind").asText() + " " + scores.path("rows").asInt();
    }

    private long warnings() {
        return count("SELECT count(*) FROM job_event WHERE kind = 'warning'"
                + " AND data ->> 'name' = 'judged_by_learned_rows'");
    }

    private void upload(String name, int from, int to) {
        String rows = IntStream.range(from, to)
                .mapToObj(row -> row % 2 == 0
                        ? row("My invoice number " + row + " is wrong", "billing")
                        : row("The parcel number " + row + " has not arrived", "delivery"))
                .collect(Collectors.joining());
        new JobCalls(token).upload(name, rows);
        take(runner, Lane.LIGHT);
    }

    private static String row(String text, String label) {
        return "{\"text\": \"" + text + "\", \"label\": \"" + label + "\"}\n";
    }
}
