package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static dev.taxon.serving.batching.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A text that is read in very many windows takes the device piece by piece. */
final class LongTextTest extends BatcherTest {
    private static final int WINDOWS = 600;

    @Test
    void anotherTenantIsAnsweredBetweenTheWindowsOfALongText() throws Exception {
        Share other = new Share(UUID.randomUUID(), 100);
        CompletableFuture<List<Classification>> much = submit(longText());
        scorer.nextBatch();
        CompletableFuture<List<Classification>> little =
                batcher.submit(List.of(row("little", 10)), other, Deadline.never());
        int batches = 0;
        while (!little.isDone()) {
            scorer.finishOne();
            scorer.nextBatch();
            batches++;
        }
        assertThat(texts(get(little))).containsExactly("little");
        assertThat(batches).isLessThan(10);
        assertThat(much).isNotDone();
        scorer.finishAll();
        assertThat(get(much)).hasSize(1);
    }

    @Test
    void theRestOfALongTextThatNobodyWaitsForIsNotScored() throws Exception {
        CompletableFuture<List<Classification>> much = submit(longText());
        scorer.nextBatch();
        much.cancel(false);
        assertThat(batcher.waitingRows()).isZero();
        assertThat(batcher.backlog()).isLessThan(Duration.ofSeconds(1));
    }

    private static EncodedInput longText() {
        EncodedInput one = row("long", 512);
        return new EncodedInput(
                one.input(), Collections.nCopies(WINDOWS, one.rows().get(0)), WINDOWS, 512, false);
    }
}
