package dev.taxon.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import dev.taxon.serving.periodic.OldRowsSweep;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class JobResultsIT extends QueueTest {
    @Inject
    JobResults results;

    @Inject
    OldRowsSweep sweep;

    @Test
    void linesAreKeptForThirtyDaysAfterTheirJob() throws IOException {
        Attempt old = answered(acme);
        Attempt young = answered(globex);
        age(old, 31);
        age(young, 29);

        sweep.delete(ResultSweep.LINES);

        assertThat(lines(acme, old.job())).isEmpty();
        assertThat(lines(globex, young.job())).isEqualTo("{}\n{}\n");
    }

    @Test
    void linesAreWrittenAnewWhereRowsWereErasedMeanwhile() throws IOException {
        enqueue(acme);
        Attempt first = attempt();
        results.append(first, "{}\n".getBytes(), 1);
        silence(first);
        Attempt second = attempt();
        assertThat(results.beginAnewAfterErasures(second)).isFalse();
        transactions.sql(
                acme,
                connection -> Sql.update(connection, "UPDATE job SET erased_rows = 1 WHERE id = ?", second.job()));
        silence(second);
        Attempt third = attempt();

        assertThat(results.beginAnewAfterErasures(third)).isTrue();

        assertThat(lines(acme, third.job())).isEmpty();
        assertThat(results.beginAnewAfterErasures(third)).isFalse();
        Long reached =
                transactions.in(acme, () -> jobs.read(third.job()).orElseThrow().checkpointStep());
        assertThat(reached).isNull();
    }

    private Attempt answered(UUID tenant) {
        enqueue(tenant);
        Attempt attempt = attempt();
        results.append(attempt, "{}\n".getBytes(), 1);
        results.append(attempt, "{}\n".getBytes(), 2);
        held.enter(attempt, new JobState.Running().succeed(JsonNodeFactory.instance.objectNode()));
        return attempt;
    }

    private void age(Attempt attempt, int days) {
        String update = "UPDATE job SET ended_at = now() - make_interval(days => ?) WHERE id = ?";
        transactions.sql(attempt.tenant(), connection -> Sql.update(connection, update, days, attempt.job()));
    }

    private String lines(UUID tenant, UUID job) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        results.copy(tenant, job, lines);
        return lines.toString();
    }
}
