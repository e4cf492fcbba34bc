package dev.taxon.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.taxon.serving.database.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class JobCheckpointsIT extends QueueTest {
    private static final int PIECES = 3;

    @TempDir
    Path temporary = Path.of("");

    @Inject
    JobCheckpoints checkpoints;

    @Inject
    JobResults results;

    @Test
    void anotherAttemptFindsTheFilesOfTheLastOneByteForByte() throws IOException {
        enqueue(acme);
        Attempt first = attempt();
        Path folder = run(1);
        checkpoints.store(first, 1, folder, file -> true);
        Files.write(folder.resolve("phase/weights"), random(2));
        Files.delete(folder.resolve("old"));
        checkpoints.store(first, 2, folder, file -> true);
        silence(first);

        Path restored = temporary.resolve("restored");
        checkpoints.restore(attempt(), restored);

        assertThat(restored.resolve("old")).doesNotExist();
        assertThat(restored.resolve("empty")).isEmptyFile();
        assertThat(restored.resolve("phase/weights")).hasSameBinaryContentAs(folder.resolve("phase/weights"));
        assertThat(restored.resolve("phase/scores")).hasSameBinaryContentAs(folder.resolve("phase/scores"));
    }

    @Test
    void whatIsNotWantedIsNotStored() throws IOException {
        enqueue(acme);
        Attempt attempt = attempt();
        checkpoints.store(attempt, 1, run(1), file -> !file.equals(Path.of("old")));

        checkpoints.restore(attempt, temporary.resolve("restored"));

        assertThat(temporary.resolve("restored/old")).doesNotExist();
        assertThat(temporary.resolve("restored/empty")).exists();
    }

    @Test
    void onlyTheLastCheckpointIsKeptAndNothingOfAJobThatHasEnded() throws IOException {
        enqueue(acme);
        Attempt attempt = attempt();
        Path folder = run(1);
        checkpoints.store(attempt, 1, folder, file -> true);
        int first = chunks(attempt);
        checkpoints.store(attempt, 2, folder, file -> true);

        assertThat(chunks(attempt)).isEqualTo(first);
        held.enter(attempt, new JobState.Running().succeed(JsonNodeFactory.instance.objectNode()));
        assertThat(chunks(attempt)).isZero();
    }

    @Test
    void aStaleAttemptLeavesTheCheckpointAsItIs() throws IOException {
        enqueue(acme);
        Attempt first = attempt();
        Path folder = run(1);
        checkpoints.store(first, 1, folder, file -> true);
        silence(first);
        Attempt second = attempt();
        Files.write(folder.resolve("phase/weights"), random(9));

        assertThatThrownBy(() -> checkpoints.store(first, 2, folder, file -> true))
                .isInstanceOf(StaleAttemptException.class);

        checkpoints.restore(second, temporary.resolve("restored"));
        assertThat(temporary.resolve("restored/phase/weights")).hasBinaryContent(random(1));
    }

    @Test
    void onlyANewCheckpointBearsFruit() throws IOException {
        enqueue(acme);
        Path folder = run(1);
        for (int round = 0; round < 2; round++) {
            Claim claim = claim().orElseThrow();
            checkpoints.store(claim.attempt(), 5 + round, folder, file -> true);
            silence(claim.attempt());
            assertThat(claim.fruitless()).isEqualTo(1);
        }
        for (int round = 1; round <= Claim.MOST_FRUITLESS; round++) {
            Claim claim = claim().orElseThrow();
            checkpoints.store(claim.attempt(), 6, folder, file -> true);
            silence(claim.attempt());
            assertThat(claim.fruitless()).isEqualTo(round);
        }

        assertThat(claim().orElseThrow().hopeless()).isTrue();
    }

    @Test
    void linesOfAResultAreThereInOrder() throws IOException {
        enqueue(acme);
        Attempt attempt = attempt();
        results.append(attempt, "one\n".getBytes(StandardCharsets.UTF_8), 1);
        results.append(attempt, "two\n".getBytes(StandardCharsets.UTF_8), 2);

        ByteArrayOutputStream all = new ByteArrayOutputStream();
        results.copy(acme, attempt.job(), all);

        assertThat(all).hasToString("one\ntwo\n");
        assertThat(held.read(attempt).checkpointStep()).isEqualTo(2);
    }

    private Path run(int seed) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("run"));
        Files.createDirectories(folder.resolve("phase"));
        Files.write(folder.resolve("phase/weights"), random(seed));
        Files.write(folder.resolve("phase/scores"), random(77));
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.writeString(folder.resolve("old"), "superseded");
        return folder;
    }

    private static byte[] random(int seed) {
        byte[] bytes = new byte[PIECES * Chunk.SIZE - 17];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private int chunks(Attempt attempt) {
        return transactions
                .sql(
                        acme,
                        connection -> Sql.first(
                                connection,
                                "SELECT count(*) FROM job_checkpoint_chunk WHERE job_id = ?",
                                row -> row.getInt(1),
                                attempt.job()))
                .orElseThrow();
    }
}
