package dev.taxon.serving.periodic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PeriodicTaskTest {

    @Test
    void goesOnAfterAFailure() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        try (PeriodicTask task = PeriodicTask.start("test", Duration.ofMillis(1), () -> {
            times.countDown();
            throw new IllegalStateException("not this time");
        })) {
            assertThat(times.await(30, TimeUnit.SECONDS)).as(task.toString()).isTrue();
        }
    }
}
