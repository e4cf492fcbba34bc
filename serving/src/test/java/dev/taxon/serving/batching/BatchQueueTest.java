package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class BatchQueueTest {
    private static final BatcherSettings SETTINGS =
            new BatcherSettings(16_384, 256, Duration.ofMillis(50), Waits.upTo(Duration.ofSeconds(100)));

    private final ManualTicker ticker = new ManualTicker();
    private final BatchQueue queue = new BatchQueue(SETTINGS, ticker);
    private final QueuedModel model = new QueuedModel(1);

    @Test
    void countsTheWholeTimeOfABatchBesideOneThatHadNothingToScore() {
        queue.add(model, submission(1), Collections.nCopies(1, row("on the device", 100)));
        Batch scored = Objects.requireNonNull(queue.take(model));
        Submission cancelled = submission(1_000);
        queue.add(model, cancelled, Collections.<EncodedInput>nCopies(1_000, row("cancelled", 100)));
        cancelled.answer().cancel(false);
        Batch empty = Objects.requireNonNull(queue.take(model));
        assertThat(empty.rows()).isEmpty();
        ticker.advance(Duration.ofMillis(30));
        queue.release(empty);
        ticker.advance(Duration.ofMillis(10));
        assertThat(queue.scored(scored)).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void countsOnlyTheTimeSinceTheBatchBefore() {
        queue.add(model, submission(1), Collections.nCopies(1, row("before", 100)));
        Batch before = Objects.requireNonNull(queue.take(model));
        queue.add(model, submission(1_000), Collections.nCopies(1_000, row("after", 100)));
        Batch after = Objects.requireNonNull(queue.take(model));
        ticker.advance(Duration.ofMillis(30));
        queue.release(before);
        ticker.advance(Duration.ofMillis(10));
        assertThat(queue.scored(after)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void keepsTheLineShortOfATenantThatGoesOnAskingForTooMuch() {
        Waits waits = new Waits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(200));
        BatchQueue patient = new BatchQueue(new BatcherSettings(16_384, 256, Duration.ofMillis(50), waits), ticker);
        // A row of a hundred positions takes ten milliseconds by estimate.
        List<Submission> taken = offer(patient, 300);
        assertThat(taken).hasSize(101);
        taken.forEach(patient::withdraw);
        assertThat(offer(patient, 300)).hasSize(22);
        assertThat(patient.backlog()).isEqualTo(Duration.ofMillis(220));
        ticker.advance(Duration.ofSeconds(10));
        assertThat(offer(patient, 300)).hasSize(79);
    }

    /** Those of so many requests that are taken in, each of one row. */
    private List<Submission> offer(BatchQueue into, int requests) {
        List<Submission> taken = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            Submission submission = submission(1);
            ticker.advance(Duration.ofNanos(1));
            try {
                into.add(model, submission, List.of(row("one of many", 100)));
                taken.add(submission);
            } catch (OverloadedException refused) {
                assertThat(refused).hasMessageContaining("full");
            }
        }
        return taken;
    }

    private Submission submission(int rows) {
        return new Submission(rows, Share.HOUSE, ticker.nanos(), Deadline.never());
    }
}
