package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static dev.taxon.serving.batching.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DynamicBatcherTest {
    private static final BatcherSettings SETTINGS =
            new BatcherSettings(16_384, 256, Duration.ofMillis(50), Duration.ofSeconds(1));

    private final ManualTicker ticker = new ManualTicker();
    private final GatedScorer scorer = new GatedScorer();
    private final DynamicBatcher batcher =
            new DynamicBatcher(scorer, SETTINGS, ticker, BatchListener.NONE, Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        scorer.finishAll();
        batcher.close();
    }

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
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactly("on its way");
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
        scorer.finishOne();
        scorer.nextBatch();
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
        scorer.finishOne();
        scorer.nextBatch();
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
        scorer.finishOne();
        scorer.nextBatch();
        scorer.finishOne();
        assertThat(failure(late)).isInstanceOf(OverloadedException.class);
        submit(row("next", 10));
        assertThat(scorer.nextBatch()).containsExactly("next");
    }

    @Test
    void refusesAtOnceWhatWouldWaitTooLong() throws Exception {
        fillQueue();
        OverloadedException refusal =
                catchThrowableOfType(OverloadedException.class, () -> submit(row("too late", 300), row("b", 300)));
        assertThat(refusal.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(scorer.idle()).isTrue();
    }

    @Test
    void refusesAtOnceWhatItsDeadlineWouldNotSurvive() throws Exception {
        submit(row("first", 300));
        scorer.nextBatch();
        assertThatThrownBy(() -> batcher.submit(
                        List.of(row("hurried", 10)), Deadline.after(ticker.nanos(), Duration.ofMillis(10))))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void takesALargeRequestWhenNothingElseWaits() {
        EncodedInput[] rows =
                IntStream.range(0, 500).mapToObj(i -> row("row" + i, 300)).toArray(EncodedInput[]::new);
        assertThat(submit(rows)).isNotDone();
        assertThat(batcher.backlog()).isGreaterThan(SETTINGS.longestWait());
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

    @Test
    void refusesATenantThatFillsItsOwnLineAndNobodyElse() throws Exception {
        fillQueue();
        ticker.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> submit(row("one more", 300))).isInstanceOf(OverloadedException.class);
        Share other = new Share(new UUID(0, 7), Share.USUAL_WEIGHT);
        batcher.submit(List.of(row("of another", 300)), other, Deadline.never());
        scorer.finishOne();
        // One batch may have been formed before the other tenant came.
        List<String> next = scorer.nextBatch();
        scorer.finishOne();
        assertThat(next.contains("of another") || scorer.nextBatch().contains("of another"))
                .isTrue();
    }

    @Test
    void failsARowThatBreaksTheForwardPassWithoutItsNeighbours() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> broken = submit(row("broken", 10));
        CompletableFuture<List<Classification>> neighbour = submit(row("neighbour", 10));
        scorer.finishAll();
        assertThat(texts(get(neighbour))).containsExactly("neighbour");
        assertThat(failure(broken)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void scoresNoRowOfAFailedBatchAgainThatNobodyWaitsFor() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> broken = submit(row("broken", 10));
        CompletableFuture<List<Classification>> late =
                batcher.submit(List.of(row("late", 10)), Deadline.after(ticker.nanos(), Duration.ofMillis(500)));
        CompletableFuture<List<Classification>> cancelled = submit(row("cancelled", 10));
        CompletableFuture<List<Classification>> neighbour = submit(row("neighbour", 10));
        scorer.finishOne();
        scorer.nextBatch();
        scorer.finishOne();
        assertThat(scorer.nextBatch()).hasSize(4);
        ticker.advance(Duration.ofMillis(500));
        cancelled.cancel(false);
        scorer.finishAll();
        assertThat(texts(get(neighbour))).containsExactly("neighbour");
        assertThat(failure(broken)).isInstanceOf(IllegalStateException.class);
        assertThat(failure(late)).isInstanceOf(OverloadedException.class);
        assertThat(scorer.nextBatch()).containsExactly("broken");
        assertThat(scorer.nextBatch()).containsExactly("neighbour");
        assertThat(scorer.idle()).isTrue();
    }

    @Test
    void tellsWhichBatchesFailed() throws Exception {
        List<Integer> failed = new CopyOnWriteArrayList<>();
        BatchListener listener = new BatchListener() {
            @Override
            public void failed(int rows, Throwable failure) {
                failed.add(rows);
            }
        };
        try (DynamicBatcher told = new DynamicBatcher(
                scorer, SETTINGS, ticker, BatchListener.both(BatchListener.NONE, listener), Duration.ofSeconds(10))) {
            scorer.finishAll();
            get(told.submit(List.of(row("good", 10)), Deadline.never()));
            assertThat(failure(told.submit(List.of(row("broken", 10)), Deadline.never())))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(failed).containsExactly(1);
    }

    @Test
    void refusesBeforehandWhatWouldBeRefusedAnyway() throws Exception {
        batcher.refuseWhenFull(Share.HOUSE, Deadline.never());
        fillQueue();
        ticker.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> batcher.refuseWhenFull(Share.HOUSE, Deadline.never()))
                .isInstanceOf(OverloadedException.class);
    }

    @Test
    void isNotAliveOnceAThreadOfItsOwnHasEnded() throws Exception {
        assertThat(batcher.alive()).isTrue();
        Ticker broken = () -> {
            if (Thread.currentThread().getName().startsWith("taxon-batcher")) {
                throw new IllegalStateException("The clock broke.");
            }
            return ticker.nanos();
        };
        try (DynamicBatcher dying =
                new DynamicBatcher(scorer, SETTINGS, broken, BatchListener.NONE, Duration.ofSeconds(1))) {
            dying.submit(List.of(row("a", 10)), Deadline.never());
            for (int i = 0; i < 3_000 && dying.alive(); i++) {
                Thread.sleep(10);
            }
            assertThat(dying.alive()).isFalse();
        }
    }

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
        DynamicBatcher impatient =
                new DynamicBatcher(scorer, SETTINGS, ticker, BatchListener.NONE, Duration.ofMillis(1));
        occupy(impatient);
        CompletableFuture<List<Classification>> waiting =
                impatient.submit(List.of(row("waiting", 10)), Deadline.never());
        impatient.close();
        assertThat(failure(waiting)).isInstanceOf(OverloadedException.class);
    }

    @Test
    void survivesAScorerThatForgetsRows() throws Exception {
        DynamicBatcher odd =
                new DynamicBatcher(rows -> List.of(), SETTINGS, ticker, BatchListener.NONE, Duration.ofSeconds(1));
        assertThat(failure(odd.submit(List.of(row("a", 10)), Deadline.never())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(failure(odd.submit(List.of(row("b", 10)), Deadline.never())))
                .isInstanceOf(IllegalStateException.class);
        odd.close();
    }

    /** One batch on the device and one handed over, so that what comes next has to wait. */
    private void occupy(DynamicBatcher busy) throws InterruptedException {
        busy.submit(List.of(row("on the device", 10)), Deadline.never());
        scorer.nextBatch();
        busy.submit(List.of(row("on its way", 10)), Deadline.never());
        while (busy.waitingRows() > 0) {
            Thread.onSpinWait();
        }
    }

    private void fillQueue() throws InterruptedException {
        submit(row("first", 300));
        scorer.nextBatch();
        while (batcher.backlog().compareTo(SETTINGS.longestWait()) <= 0) {
            submit(row("filler", 300));
        }
    }

    private CompletableFuture<List<Classification>> submit(EncodedInput... rows) {
        return batcher.submit(List.of(rows), Deadline.never());
    }

    private static List<Classification> get(CompletableFuture<List<Classification>> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<List<Classification>> answer) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, () -> get(answer));
        return Objects.requireNonNull(failure.getCause());
    }
}
