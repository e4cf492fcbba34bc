package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What tests of batchers start from: a batcher before a device that does what it is told. */
abstract class BatcherTest {
    static final BatcherSettings SETTINGS =
            new BatcherSettings(16_384, 256, Duration.ofMillis(50), Waits.upTo(Duration.ofSeconds(1)));

    final ManualTicker ticker = new ManualTicker();
    final GatedScorer scorer = new GatedScorer();
    final DynamicBatcher batcher = batcher(scorer, Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        scorer.finishAll();
        batcher.close();
    }

    /** One on a device of its own. */
    final DynamicBatcher batcher(Scorer model, Duration drain) {
        return new DynamicBatcher(model, new BatchQueue(SETTINGS, ticker), BatchListener.NONE, drain);
    }

    /** One batch on the device and one handed over, so that what comes next has to wait. */
    final void occupy(DynamicBatcher busy) throws InterruptedException {
        busy.submit(List.of(row("on the device", 10)), Deadline.never());
        scorer.nextBatch();
        busy.submit(List.of(row("on its way", 10)), Deadline.never());
        scorer.awaitNext();
    }

    /**
     * Ends the first batch of the occupied {@link #batcher}, and waits until what waits is handed over beside the second. Were
     * both ended at once, threads would decide whether one or two of them, which took no time by the clock of tests, had taught
     * what the next one costs before it is formed.
     */
    final void finishFirst() throws InterruptedException {
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactly("on its way");
        GatedScorer.await(() -> batcher.waitingRows() == 0, "What waited was not handed over.");
    }

    final void fillQueue() throws InterruptedException {
        submit(row("first", 300));
        scorer.nextBatch();
        while (batcher.backlog().compareTo(SETTINGS.waits().longest()) <= 0) {
            submit(row("filler", 300));
        }
    }

    final CompletableFuture<List<Classification>> submit(EncodedInput... rows) {
        return batcher.submit(List.of(rows), Deadline.never());
    }

    static List<Classification> get(CompletableFuture<List<Classification>> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    static Throwable failure(CompletableFuture<List<Classification>> answer) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> get(answer));
        return Objects.requireNonNull(failure.getCause());
    }
}
