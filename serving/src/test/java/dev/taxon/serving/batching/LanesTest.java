package dev.taxon.serving.batching;

import static dev.taxon.serving.batching.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What is computed side by side is taken together, whatever it costs by estimate (ADR 19). */
final class LanesTest extends BatcherTest {
    @Test
    void aBatchHasARowALaneOfADeviceThatHasSeveral() throws Exception {
        assertThat(rowsOfABatch(1)).isEqualTo(1);
        assertThat(rowsOfABatch(3)).isEqualTo(3);
    }

    /** Of rows of which one takes a good half of a batch's time by estimate. */
    private int rowsOfABatch(int lanes) throws InterruptedException {
        GatedScorer device = new GatedScorer(lanes);
        try (DynamicBatcher busy = batcher(device, Duration.ofSeconds(10))) {
            busy.submit(Collections.nCopies(9, row("one of nine", 300)), Deadline.never());
            int rows = device.nextBatch().size();
            device.finishAll();
            return rows;
        }
    }
}
