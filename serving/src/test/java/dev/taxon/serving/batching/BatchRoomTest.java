package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BatchRoomTest {
    private static final BatcherSettings SETTINGS =
            new BatcherSettings(16_384, 256, Duration.ofMillis(50), Waits.upTo(Duration.ofSeconds(10)));

    @Test
    void leavesHalfOfWhatWaitsForTheNextBatch() {
        CostModel cost = new CostModel(1e5, 1e4);
        assertThat(BatchRoom.of(SETTINGS, waiting(cost, 40e6), false, 0).nanos())
                .isCloseTo(20e6, within(1e6));
    }

    @Test
    void doesNotSplitWhereTheFixedPartWouldWeigh() {
        CostModel cost = new CostModel(4e6, 1e4);
        assertThat(BatchRoom.of(SETTINGS, waiting(cost, 40e6), false, 0).nanos())
                .isEqualTo(40e6);
    }

    @Test
    void splitsMoreWhereTenantsWaitForEachOther() {
        CostModel cost = new CostModel(8e6, 1e4);
        assertThat(BatchRoom.of(SETTINGS, waiting(cost, 1e12), false, 0).nanos())
                .isEqualTo(80e6);
        assertThat(BatchRoom.of(SETTINGS, waiting(cost, 1e12), true, 0).nanos()).isEqualTo(50e6);
        assertThat(BatchRoom.of(SETTINGS, waiting(new CostModel(20e6, 1e4), 1e12), true, 0)
                        .nanos())
                .isEqualTo(80e6);
    }

    @Test
    void keepsABatchToItsTimeHoweverMuchWaits() {
        CostModel cost = new CostModel(1e5, 1e4);
        assertThat(BatchRoom.of(SETTINGS, waiting(cost, 1e12), false, 0).nanos())
                .isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void takesHalfAsLongAsItsRowsWaitedForOthers() {
        assertThat(nanos(1e12, false, 300e6)).isEqualTo(150e6);
        assertThat(nanos(1e12, false, 90e6)).isEqualTo(50e6);
        assertThat(nanos(1e12, false, -90e6)).isEqualTo(50e6);
        assertThat(nanos(1e12, false, 3e9)).isEqualTo(200e6);
        assertThat(nanos(1e12, true, 3e9)).isEqualTo(50e6);
        assertThat(nanos(120e6, false, 3e9)).isCloseTo(60e6, within(1e6));
    }

    private static double nanos(double waiting, boolean shared, double late) {
        return BatchRoom.of(SETTINGS, waiting(new CostModel(1e5, 1e4), waiting), shared, (long) late)
                .nanos();
    }

    @Test
    void fillsTheLanesWhateverThatCosts() {
        BatchRoom room = new BatchRoom(new CostModel(0, 1), 100, 4, 2, 10);
        assertThat(room.holds(new BatchShape(2, 80, 40))).isTrue();
        assertThat(room.holds(new BatchShape(3, 81, 30))).isFalse();
        // One that is much longer would keep the other waiting.
        assertThat(room.holds(new BatchShape(2, 80, 60))).isFalse();
        assertThat(room.holds(new BatchShape(2, 101, 51))).isFalse();
    }

    @Test
    void holdsWithinRowsTokensAndTime() {
        BatchRoom room = new BatchRoom(new CostModel(0, 1), 100, 4, 1, 90);
        assertThat(room.holds(new BatchShape(4, 80, 20))).isTrue();
        assertThat(room.holds(new BatchShape(5, 50, 10))).isFalse();
        assertThat(room.holds(new BatchShape(4, 104, 26))).isFalse();
        assertThat(room.holds(new BatchShape(2, 95, 48))).isFalse();
    }

    private static QueuedModel waiting(CostModel cost, double nanos) {
        QueuedModel model = new QueuedModel(cost, 1);
        Submission submission = new Submission(1, Share.HOUSE, 0, Deadline.never());
        model.added(new WaitingRow(model, submission, 0, Rows.row("waiting", 10), 0, nanos, 0));
        return model;
    }
}
