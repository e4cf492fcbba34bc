package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static dev.taxon.serving.batching.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taxon.core.Classification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of rows when a batcher is closed. */
final class BatcherClosingTest extends BatcherTest {
    @Test
    void finishesWhatWaitsWhenClosedAndTakesNothingMore() throws Exception {
        CompletableFuture<List<Classification>> first = submit(row("first", 10));
        scorer.nextBatch();
        CompletableFuture<List<Classification>> second = submit(row("second", 10));
        scorer.finishAll();
        batcher.close();
        assertThat(first).isDone();
        assertThat(texts(get(second))).containsExactly("second");
        assertThatThrownBy(() -> submit(row("late", 10))).isInstanceOf(OverloadedException.class);
    }

    @Test
    void failsWhatCannotBeFinishedInTimeWhenClosed() throws Exception {
        DynamicBatcher impatient = batcher(scorer, Duration.ofMillis(1));
        occupy(impatient);
        CompletableFuture<List<Classification>> waiting =
                impatient.submit(List.of(row("waiting", 10)), Deadline.never());
        impatient.close();
        assertThat(failure(waiting)).isInstanceOf(OverloadedException.class);
    }
}
