package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static dev.taxon.serving.batching.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What breaks fails itself and nothing beside it. */
final class BatcherFailuresTest extends BatcherTest {
    @Test
    void failsARowThatBreaksTheForwardPassWithoutItsNeighbours() throws Exception {
        occupy(batcher);
        CompletableFuture<List<Classification>> broken = submit(row("broken", 10));
        CompletableFuture<List<Classification>> neighbour = submit(row("neighbour", 10));
        finishFirst();
        scorer.finishOne();
        assertThat(scorer.nextBatch()).containsExactlyInAnyOrder("broken", "neighbour");
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
        finishFirst();
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
                scorer,
                new BatchQueue(SETTINGS, ticker),
                BatchListener.both(BatchListener.NONE, listener),
                Duration.ofSeconds(10))) {
            scorer.finishAll();
            get(told.submit(List.of(row("good", 10)), Deadline.never()));
            assertThat(failure(told.submit(List.of(row("broken", 10)), Deadline.never())))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(failed).containsExactly(1);
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
        try (DynamicBatcher dying = new DynamicBatcher(
                scorer, new BatchQueue(SETTINGS, broken), BatchListener.NONE, Duration.ofSeconds(1))) {
            dying.submit(List.of(row("a", 10)), Deadline.never());
            for (int i = 0; i < 3_000 && dying.alive(); i++) {
                Thread.sleep(10);
            }
            assertThat(dying.alive()).isFalse();
        }
    }

    @Test
    void survivesAScorerThatForgetsRows() throws Exception {
        DynamicBatcher odd = batcher(rows -> List.of(), Duration.ofSeconds(1));
        assertThat(failure(odd.submit(List.of(row("a", 10)), Deadline.never())))
                .isInstanceOf(IllegalStateException.class);
        assertThat(failure(odd.submit(List.of(row("b", 10)), Deadline.never())))
                .isInstanceOf(IllegalStateException.class);
        odd.close();
    }
}
