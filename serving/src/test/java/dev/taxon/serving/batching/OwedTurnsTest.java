package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a tenant is owed that asked for little, while another asks for more than there is (ADR 19). */
final class OwedTurnsTest {
    private static final Share FLOOD = new Share(new UUID(0, 1), Share.USUAL_WEIGHT);
    private static final Share QUIET = new Share(new UUID(0, 2), Share.USUAL_WEIGHT);
    private static final Duration BATCH_TIME = Duration.ofMillis(50);

    /** By the first estimate a row takes ten milliseconds, and a batch three beside its rows. */
    private static final int POSITIONS = 100;

    private final ManualTicker ticker = new ManualTicker();
    private final QueuedModel model = new QueuedModel(1);
    private final BatchQueue queue =
            new BatchQueue(new BatcherSettings(16_384, 256, BATCH_TIME, Waits.upTo(Duration.ofSeconds(100))), ticker);
    private final double rowNanos = model.cost().row(POSITIONS);
    private final WaitingRows waiting = new WaitingRows(BATCH_TIME.multipliedBy(2));
    private long sequence;

    @Test
    void whoComesLateGoesFirstForTwoBatchesAndInTurnsFromThenOn() {
        ask(FLOOD, 300);
        for (int batch = 0; batch < 20; batch++) {
            nextTenants();
        }

        ask(QUIET, 100);

        assertThat(nextTenants()).hasSize(4).containsOnly(QUIET.tenant());
        assertThat(nextTenants()).hasSize(4).containsOnly(QUIET.tenant());
        assertThat(nextTenants()).contains(FLOOD.tenant(), QUIET.tenant());
    }

    @Test
    void whoHadItIsNotOwedItAgainAtOnce() {
        ask(FLOOD, 300);
        for (int batch = 0; batch < 20; batch++) {
            nextTenants();
        }
        ask(QUIET, 8);
        assertThat(nextTenants()).containsOnly(QUIET.tenant());
        assertThat(nextTenants()).containsOnly(QUIET.tenant());

        ask(QUIET, 100);

        assertThat(nextTenants()).contains(FLOOD.tenant());
    }

    @Test
    void whatIsOwedIsDeviceTimeWhateverTheWeight() {
        TenantLine line = new TenantLine(QUIET.tenant());
        assertThat(line.beginning(100, 50, 1_000)).isEqualTo(40);
        assertThat(line.beginning(200, 50, 1_000)).isEqualTo(45);
        assertThat(line.beginning(100, 5, 1_000)).isZero();
        line.join(row(QUIET), 50, 1_000);
        assertThat(line.beginning(100, 70, 0)).isEqualTo(40);
    }

    @Test
    void nothingIsSavedUpInAnEmptyQueue() {
        add(waiting, FLOOD, 40);
        waiting.take(room(40));
        add(waiting, FLOOD, 40);
        add(waiting, QUIET, 40);
        List<WaitingRow> rows = waiting.take(room(40));
        assertThat(rows.stream().filter(OwedTurnsTest::isQuiet).count()).isBetween(19L, 21L);
    }

    @Test
    void theEstimateOfAWaitCountsWhatItsOwnTenantIsOwed() {
        floodBefore();
        Submission request = submission(QUIET);
        double estimated = waiting.workBefore(QUIET, 1, 30 * rowNanos);

        for (int i = 0; i < 30; i++) {
            waiting.add(row(request));
        }

        assertThat(estimated).isBetween(15 * rowNanos, 25 * rowNanos);
        assertThat(servedBefore(request, 30)).isCloseTo(estimated, within(rowNanos));
    }

    @Test
    void theEstimateOfAWaitCountsWhatOthersAreOwed() {
        floodBefore();
        add(waiting, QUIET, 100);
        Submission request = submission(FLOOD);
        // Its tenant's own rows are due later, as those of a large request may be.
        double estimated = waiting.workBefore(FLOOD, -1, rowNanos);

        waiting.add(new WaitingRow(model, request, 0, Rows.row("first", POSITIONS), -1, rowNanos, sequence++));

        assertThat(estimated).isGreaterThan(10 * rowNanos);
        assertThat(servedBefore(request, 1)).isCloseTo(estimated, within(1.5 * rowNanos));
    }

    /** One tenant had the device to itself for longer than anybody is owed, and asks for more. */
    private void floodBefore() {
        add(waiting, FLOOD, 300);
        waiting.take(room(100));
    }

    /** The work of other requests that is taken out before the last row of one. */
    private double servedBefore(Submission request, int rows) {
        double served = 0;
        int left = rows;
        while (left > 0) {
            WaitingRow row = waiting.take(room(1)).get(0);
            if (row.submission() == request) {
                left--;
            } else {
                served += row.workNanos();
            }
        }
        return served;
    }

    private void ask(Share share, int rows) {
        queue.add(
                model,
                new Submission(rows, share, ticker.nanos(), Deadline.never()),
                Collections.nCopies(rows, Rows.row("row", POSITIONS)));
    }

    /** Whose rows are in the next batch. */
    private List<UUID> nextTenants() {
        Batch batch = Objects.requireNonNull(queue.take(model));
        queue.release(batch);
        return batch.rows().stream()
                .map(row -> row.submission().share().tenant())
                .toList();
    }

    private void add(WaitingRows rows, Share share, int count) {
        for (int i = 0; i < count; i++) {
            rows.add(row(share));
        }
    }

    private WaitingRow row(Share share) {
        return row(submission(share));
    }

    private WaitingRow row(Submission submission) {
        return new WaitingRow(model, submission, 0, Rows.row("row", POSITIONS), 0, rowNanos, sequence++);
    }

    private static Submission submission(Share share) {
        return new Submission(1, share, 0, Deadline.never());
    }

    private static boolean isQuiet(WaitingRow row) {
        return row.submission().share().equals(QUIET);
    }

    /** Room for so many rows, in batches that cost nothing beside them. */
    private static BatchRoom room(int rows) {
        return new BatchRoom(new CostModel(0, 1e5), 1_000_000, rows, 1, Double.MAX_VALUE);
    }
}
