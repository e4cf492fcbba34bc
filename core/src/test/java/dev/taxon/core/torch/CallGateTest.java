package dev.taxon.core.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CallGateTest {
    private static final Duration SHORT = Duration.ofMillis(10);

    private final CallGate gate = new CallGate(Duration.ofSeconds(30));

    @Test
    void callsPassSideBySide() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> gate.pass(() -> meet(both)));
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> gate.pass(() -> meet(both)));
        assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingWaitsForTheCallThatHasPassed() throws Exception {
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Boolean> call = CompletableFuture.supplyAsync(() -> gate.pass(() -> {
            within.countDown();
            return await(end);
        }));
        within.await();
        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(this::close);
        assertThat(isOverSoon(closed)).isFalse();
        end.countDown();
        assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(call.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingGivesUpOnACallThatTakesTooLong() throws Exception {
        CallGate impatient = new CallGate(SHORT);
        CountDownLatch within = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread call = new Thread(() -> impatient.pass(() -> {
            within.countDown();
            return await(end);
        }));
        call.start();
        within.await();
        assertThat(impatient.close()).isFalse();
        end.countDown();
        call.join();
    }

    @Test
    void closingGivesUpOnAHoldThatIsForgotten() throws Exception {
        CallGate impatient = new CallGate(SHORT);
        impatient.hold();
        assertThat(impatient.close()).isTrue();
    }

    @Test
    void whatComesLaterWaitsForTheEndAndFailsWhereItDoesNotCome() throws Exception {
        CallGate impatient = new CallGate(SHORT);
        assertThat(impatient.close()).isTrue();
        assertThat(CompletableFuture.supplyAsync(() -> impatient.pass(() -> true)))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("ending");
        assertThatIllegalStateException().isThrownBy(impatient::hold).withMessageContaining("ending");
    }

    @Test
    void anInterruptIsTheCallers() {
        Thread.currentThread().interrupt();
        assertThat(gate.<Boolean>pass(() -> true)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void staysOpenUntilNobodyHoldsIt() throws Exception {
        NativeCalls.Hold first = gate.hold();
        NativeCalls.Hold second = gate.hold();
        CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(this::close);
        first.close();
        first.close();
        assertThat(isOverSoon(closed)).isFalse();
        assertThat(gate.<Boolean>pass(() -> true)).isTrue();
        second.close();
        assertThat(closed.get(30, TimeUnit.SECONDS)).isTrue();
    }

    private boolean close() {
        try {
            return gate.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is after a while in which it would be, were there nothing to wait for. */
    private static boolean isOverSoon(CompletableFuture<Boolean> future) throws InterruptedException {
        Thread.sleep(50);
        return future.isDone();
    }

    private static boolean meet(CountDownLatch latch) {
        latch.countDown();
        return await(latch);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
