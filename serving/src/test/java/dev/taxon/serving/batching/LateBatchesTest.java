package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How many rows go together when they have waited for others (ADR 19). */
final class LateBatchesTest {
    private static final Share BUSY = new Share(new UUID(0, 1), Share.USUAL_WEIGHT);
    private static final Share OTHER = new Share(new UUID(0, 2), Share.USUAL_WEIGHT);

    /** By the first estimate a row takes ten milliseconds, and a batch three beside its rows. */
    private static final int POSITIONS = 100;

    private final ManualTicker ticker = new ManualTicker();
    private final QueuedModel model = new QueuedModel(1);
    private final BatchQueue queue = queue(Duration.ofSeconds(100));

    @Test
    void rowsThatWaitedForOthersGoInLargerBatches() {
        callers(BUSY, 64);
        assertThat(take().rows()).hasSize(4);
        ticker.advance(Duration.ofMillis(200));
        assertThat(take().rows()).hasSize(9);
    }

    @Test
    void aBatchIsNoLongerThanFourUsualOnes() {
        callers(BUSY, 64);
        ticker.advance(Duration.ofSeconds(3));
        assertThat(take().rows()).hasSize(19);
    }

    @Test
    void batchesAreShortAgainForThoseWhoComeAfterwards() {
        callers(BUSY, 10);
        ticker.advance(Duration.ofMillis(200));
        while (!queue.backlog().isZero()) {
            take();
        }
        callers(BUSY, 64);
        assertThat(take().rows()).hasSize(4);
    }

    @Test
    void rowsOfOneRequestDoNotWaitForOthers() {
        ask(BUSY, 64);
        assertThat(take().rows()).hasSize(4);
        ticker.advance(Duration.ofMillis(40));
        assertThat(take().rows()).hasSize(4);
    }

    @Test
    void batchesStayShortAmongSeveralTenants() {
        callers(BUSY, 64);
        callers(OTHER, 64);
        ticker.advance(Duration.ofMillis(400));
        assertThat(take().rows()).hasSize(4);
    }

    @Test
    void batchesStayShortWhereMostIsRefused() {
        BatchQueue full = queue(Duration.ofMillis(200));
        int refused = 0;
        for (int call = 0; call < 64; call++) {
            try {
                ask(full, BUSY, 1);
            } catch (OverloadedException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(40);
        ticker.advance(Duration.ofMillis(150));
        assertThat(take(full).rows()).hasSize(4);
    }

    private BatchQueue queue(Duration longestWait) {
        return new BatchQueue(new BatcherSettings(16_384, 256, Duration.ofMillis(50), Waits.upTo(longestWait)), ticker);
    }

    private void callers(Share share, int callers) {
        for (int i = 0; i < callers; i++) {
            ask(share, 1);
        }
    }

    private void ask(Share share, int rows) {
        ask(queue, share, rows);
    }

    private void ask(BatchQueue line, Share share, int rows) {
        line.add(
                model,
                new Submission(rows, share, ticker.nanos(), Deadline.never()),
                Collections.nCopies(rows, Rows.row("row", POSITIONS)));
    }

    private Batch take() {
        return take(queue);
    }

    /** The next batch, which is done at once. */
    private Batch take(BatchQueue line) {
        Batch batch = Objects.requireNonNull(line.take(model));
        line.release(batch);
        return batch;
    }
}
