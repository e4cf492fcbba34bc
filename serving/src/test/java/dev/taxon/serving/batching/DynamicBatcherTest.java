package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static dev.taxon.serving.batching.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows are scored together, and when. */
final class DynamicBatcherTest extends BatcherTest {
    @Test
    void scoresAtOnceWhileTheDeviceIsIdle() throws Exception {
        CompletableFuture<List<Classification>> answer = submit(row("a", 10));
        assertThat(scorer.nextBatch()).containsExactly("a");
        scorer.finishOne();
        assertThat(texts(get(answer))).containsExactly("a");
    }

    @Test
    void gathersRowsOfManyRequestsWhileTheDeviceIsBusy() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> second = submit(row("b", 10));
        CompletableFuture<List<Classification>> third = submit(row("c", 10));
        assertThat(batcher.waitingRows()).isEqualTo(2);
        finishFirst();
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactlyInAnyOrder("b", "c");
        scorer.finishOne();
        assertThat(texts(get(second))).containsExactly("b");
        assertThat(texts(get(third))).containsExactly("c");
    }

    @Test
    void answersInTheOrderOfTheRowsWhateverTheBatches() throws Exception {
        List<EncodedInput> rows = IntStream.range(0, 200)
                .mapToObj(i -> row("row" + i, 1 + i * 37 % 400))
                .toList();
        CompletableFuture<List<Classification>> answer = submit(rows.toArray(EncodedInput[]::new));
        scorer.finishAll();
        assertThat(texts(get(answer)))
                .isEqualTo(rows.stream().map(row -> row.input().text()).toList());
    }

    @Test
    void answersAnEmptyRequestAtOnce() throws Exception {
        assertThat(get(submit())).isEmpty();
    }

    @Test
    void neverScoresCancelledRows() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> cancelled = submit(row("cancelled", 10), row("cancelled too", 10));
        submit(row("kept", 10));
        cancelled.cancel(false);
        assertThat(batcher.waitingRows()).isEqualTo(1);
        finishFirst();
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactly("kept");
    }

    @Test
    void neverScoresRowsWhoseDeadlinePassed() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> late =
                batcher.submit(List.of(row("late", 10)), Deadline.after(ticker.nanos(), Duration.ofMillis(500)));
        CompletableFuture<List<Classification>> kept = submit(row("kept", 10));
        ticker.advance(Duration.ofMillis(500));
        finishFirst();
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactly("kept");
        scorer.finishOne();
        get(kept);
        assertThat(failure(late)).isInstanceOf(OverloadedException.class).hasMessageContaining("deadline");
    }

    @Test
    void goesOnAfterABatchOfExpiredRowsAlone() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> late =
                batcher.submit(List.of(row("late", 10)), Deadline.after(ticker.nanos(), Duration.ofMillis(500)));
        ticker.advance(Duration.ofSeconds(1));
        finishFirst();
        scorer.finishOne();
        assertThat(failure(late)).isInstanceOf(OverloadedException.class);
        submit(row("next", 10));
        assertThat(scorer.nextBatch()).containsExactly("next");
    }

    @Test
    void takesALargeRequestWhenNothingElseWaits() {
        EncodedInput[] rows =
                IntStream.range(0, 500).mapToObj(i -> row("row" + i, 300)).toArray(EncodedInput[]::new);
        assertThat(submit(rows)).isNotDone();
        assertThat(batcher.backlog()).isGreaterThan(SETTINGS.waits().longest());
    }

    @Test
    void servesASmallRequestBetweenTheRowsOfALargeOne() throws Exception {
        submit(IntStream.range(0, 500).mapToObj(i -> row("large", 300)).toArray(EncodedInput[]::new));
        scorer.nextBatch();
        submit(row("small", 300));
        scorer.finishOne();
        // One full batch may have been formed before the small request came.
        List<String> next = scorer.nextBatch();
        scorer.finishOne();
        assertThat(next.contains("small") || scorer.nextBatch().contains("small"))
                .isTrue();
    }
}
