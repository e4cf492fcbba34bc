package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeviceLanesTest {
    private final DeviceLanes lanes = new DeviceLanes(Device.cpu());

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void piecesAnswerInTheirOrder() {
        List<Supplier<Integer>> pieces = IntStream.range(0, 20)
                .<Supplier<Integer>>mapToObj(number -> () -> number)
                .toList();
        assertThat(lanes.callAll(pieces))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void asManyPiecesAsLanesRunSideBySide() {
        CountDownLatch all = new CountDownLatch(lanes.count());
        Supplier<Boolean> meet = () -> {
            all.countDown();
            return await(all);
        };
        assertThat(lanes.callAll(Collections.nCopies(lanes.count(), meet))).containsOnly(true);
    }

    @Test
    void whatAPieceThrowsArrivesAfterTheOthersHaveEnded() {
        AtomicBoolean ended = new AtomicBoolean();
        Supplier<Boolean> fails = () -> {
            throw new IllegalArgumentException("no such tensor");
        };
        Supplier<Boolean> takesLonger = () -> {
            await(new CountDownLatch(1), 200);
            ended.set(true);
            return true;
        };
        assertThatThrownBy(() -> lanes.callAll(List.of(fails, takesLonger)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such tensor");
        assertThat(ended).isTrue();
    }

    @Test
    void whoeverIsInterruptedStillWaitsForWhatRuns() {
        AtomicBoolean ended = new AtomicBoolean();
        Supplier<Boolean> takesLonger = () -> {
            await(new CountDownLatch(1), 200);
            ended.set(true);
            return true;
        };
        Thread.currentThread().interrupt();
        assertThat(lanes.callAll(List.of(takesLonger, takesLonger))).containsExactly(true, true);
        assertThat(ended).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closedLanesRefuseWork() {
        lanes.close();
        assertThatThrownBy(() -> lanes.call(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the device is closed");
    }

    private static boolean await(CountDownLatch latch) {
        return await(latch, 30_000);
    }

    private static boolean await(CountDownLatch latch, long milliseconds) {
        try {
            return latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Lanes that have only just been started, and may not run yet. */
    @Test
    @Timeout(60)
    void workThatComesAtOnceIsDone() {
        for (int round = 0; round < 100; round++) {
            try (DeviceLanes fresh = new DeviceLanes(Device.cpu())) {
                assertThat(fresh.call(() -> 1)).isEqualTo(1);
                assertThat(fresh.callAll(Collections.nCopies(5, () -> 2))).hasSize(5);
            }
        }
    }
}
