package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two models on one device: what each knows of the other's rows. */
final class SharedDeviceTest {
    private static final BatcherSettings SETTINGS =
            new BatcherSettings(16_384, 256, Duration.ofMillis(5), Waits.upTo(Duration.ofSeconds(1)));
    private static final Share ACME = new Share(new UUID(0, 1), Share.USUAL_WEIGHT);
    private static final Share GLOBEX = new Share(new UUID(0, 2), Share.USUAL_WEIGHT);

    private final ManualTicker ticker = new ManualTicker();
    private final BatchQueue device = new BatchQueue(SETTINGS, ticker);
    private final GatedScorer currentScorer = new GatedScorer();
    private final GatedScorer formerScorer = new GatedScorer();
    private final DynamicBatcher current = batcher(currentScorer);
    private final DynamicBatcher former = batcher(formerScorer);

    private DynamicBatcher batcher(Scorer scorer) {
        return new DynamicBatcher(scorer, device, BatchListener.NONE, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        currentScorer.finishAll();
        formerScorer.finishAll();
        current.close();
        former.close();
    }

    @Test
    void batchesOfTwoModelsFollowEachOther() throws Exception {
        CompletableFuture<List<Classification>> first = submit(current, ACME, row("first", 10));
        currentScorer.nextBatch();
        CompletableFuture<List<Classification>> second = submit(former, GLOBEX, row("second", 10));
        CompletableFuture<List<Classification>> third = submit(current, GLOBEX, row("third", 10));
        assertThat(former.waitingRows()).isEqualTo(1);
        assertThat(formerScorer.idle()).isTrue();

        currentScorer.finishOne();
        assertThat(formerScorer.nextBatch()).containsExactly("second");
        assertThat(first.get(30, TimeUnit.SECONDS)).hasSize(1);
        assertThat(currentScorer.idle()).isTrue();
        formerScorer.finishOne();
        assertThat(currentScorer.nextBatch()).containsExactly("third");
        currentScorer.finishOne();
        assertThat(second.get(30, TimeUnit.SECONDS)).hasSize(1);
        assertThat(third.get(30, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void whatWaitsForOneModelCountsForWhoAsksTheOther() throws Exception {
        fill(current, ACME);

        assertThat(former.backlog())
                .isEqualTo(current.backlog())
                .isGreaterThan(SETTINGS.waits().longest());
        assertThatThrownBy(() -> submit(former, ACME, row("one more", 300))).isInstanceOf(OverloadedException.class);
        assertThatThrownBy(() -> former.refuseWhenFull(1, ACME, Deadline.never()))
                .isInstanceOf(OverloadedException.class);
        Deadline soon = Deadline.after(ticker.nanos(), Duration.ofMillis(20));
        assertThatThrownBy(() -> former.submit(List.of(row("hurried", 300)), GLOBEX, soon))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void aTenantThatFillsOneModelsLineHardlyHoldsUpWhoAsksTheOther() throws Exception {
        fill(current, ACME);

        CompletableFuture<List<Classification>> quiet = submit(former, GLOBEX, row("quiet", 300));

        // The one that runs, one that may have been formed before the other tenant came, and one where turns are equal;
        // two hundred wait.
        for (int batch = 0; batch < 3; batch++) {
            currentScorer.finishOne();
        }
        assertThat(formerScorer.nextBatch()).containsExactly("quiet");
        formerScorer.finishOne();
        assertThat(quiet.get(30, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void oneIsClosedAndTheOtherGoesOn() throws Exception {
        currentScorer.finishAll();
        formerScorer.finishAll();
        former.close();

        assertThat(submit(current, ACME, row("on", 10)).get(30, TimeUnit.SECONDS))
                .hasSize(1);
        assertThatThrownBy(() -> submit(former, ACME, row("off", 10))).isInstanceOf(OverloadedException.class);
    }

    @Test
    void whatIsWithdrawnMakesWayForTheOtherModel() throws Exception {
        submit(current, ACME, row("on the device", 10));
        currentScorer.nextBatch();
        CompletableFuture<List<Classification>> cancelled = submit(former, GLOBEX, row("cancelled", 10));
        submit(current, ACME, row("next", 10));
        cancelled.cancel(false);

        currentScorer.finishOne();
        assertThat(currentScorer.nextBatch()).containsExactly("next");
    }

    @Test
    void learnsWhatEachModelCostsWhereBothAreBusy() {
        QueuedModel slow = new QueuedModel(1);
        QueuedModel quick = new QueuedModel(1);
        for (int i = 0; i < 300; i++) {
            add(slow, ACME, 1, 100);
            Batch first = Objects.requireNonNull(device.take(slow));
            add(quick, GLOBEX, 1, 100);
            ticker.advance(Duration.ofMillis(40));
            device.scored(first);
            Batch second = Objects.requireNonNull(device.take(quick));
            add(slow, ACME, 1, 100);
            ticker.advance(Duration.ofMillis(4));
            device.scored(second);
            Batch third = Objects.requireNonNull(device.take(slow));
            ticker.advance(Duration.ofMillis(40));
            device.scored(third);
        }
        assertThat(slow.cost().batch(100)).isCloseTo(40e6, within(1e6));
        assertThat(quick.cost().batch(100)).isCloseTo(4e6, within(1e5));
    }

    @Test
    void batchesAreShorterWhileTheOtherModelHasRows() {
        QueuedModel alone = new QueuedModel(1);
        add(alone, Share.HOUSE, 30, 30);
        assertThat(Objects.requireNonNull(device.take(alone)).rows()).hasSize(9);

        BatchQueue shared = new BatchQueue(SETTINGS, ticker);
        QueuedModel one = new QueuedModel(1);
        shared.add(one, submission(Share.HOUSE, 30), Collections.<EncodedInput>nCopies(30, row("row", 30)));
        shared.add(
                new QueuedModel(1), submission(Share.HOUSE, 30), Collections.<EncodedInput>nCopies(30, row("row", 30)));
        assertThat(Objects.requireNonNull(shared.take(one)).rows()).hasSize(3);
    }

    private void add(QueuedModel model, Share share, int rows, int length) {
        device.add(model, submission(share, rows), Collections.<EncodedInput>nCopies(rows, row("row", length)));
    }

    private Submission submission(Share share, int rows) {
        return new Submission(rows, share, ticker.nanos(), Deadline.never());
    }

    private void fill(DynamicBatcher batcher, Share share) throws InterruptedException {
        submit(batcher, share, row("first", 300));
        currentScorer.nextBatch();
        while (device.backlog().compareTo(SETTINGS.waits().longest()) <= 0) {
            submit(batcher, share, row("filler", 300));
        }
        ticker.advance(Duration.ofNanos(1));
    }

    private static CompletableFuture<List<Classification>> submit(
            DynamicBatcher batcher, Share share, EncodedInput row) {
        return batcher.submit(List.of(row), share, Deadline.never());
    }
}
