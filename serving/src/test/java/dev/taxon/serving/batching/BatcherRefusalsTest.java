package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What would wait too long is refused. */
final class BatcherRefusalsTest extends BatcherTest {
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
    void refusesBeforehandWhatWouldBeRefusedAnyway() throws Exception {
        batcher.refuseWhenFull(1, Share.HOUSE, Deadline.never());
        fillQueue();
        ticker.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> batcher.refuseWhenFull(1, Share.HOUSE, Deadline.never()))
                .isInstanceOf(OverloadedException.class);
    }
}
