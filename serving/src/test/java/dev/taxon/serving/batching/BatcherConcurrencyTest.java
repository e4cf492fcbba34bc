package dev.taxon.serving.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taxon.core.Classification;
import dev.taxon.core.prompt.EncodedInput;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatcherConcurrencyTest {
    private static final int CLIENTS = 32;
    private static final int CALLS = 200;
    private static final BatcherSettings SETTINGS =
            new BatcherSettings(4_096, 16, Duration.ofMillis(50), Waits.upTo(Duration.ofHours(1)));

    private final AtomicInteger scored = new AtomicInteger();
    private final DynamicBatcher batcher = new DynamicBatcher(
            this::score, new BatchQueue(SETTINGS, System::nanoTime), BatchListener.NONE, Duration.ofSeconds(30));

    @Test
    void givesEveryClientItsOwnAnswers() throws Exception {
        try (batcher) {
            inParallel(client -> {
                Random random = new Random(client);
                for (int call = 0; call < CALLS; call++) {
                    List<EncodedInput> rows = rows(client + "-" + call, random);
                    List<String> expected =
                            rows.stream().map(row -> row.input().text()).toList();
                    assertThat(Rows.texts(submit(rows).get(60, TimeUnit.SECONDS)))
                            .isEqualTo(expected);
                }
            });
        }
        assertThat(batcher.waitingRows()).isZero();
    }

    @Test
    void leavesNothingBehindWhenClientsGiveUp() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        try (batcher) {
            inParallel(client -> {
                Random random = new Random(client);
                for (int call = 0; call < CALLS; call++) {
                    CompletableFuture<List<Classification>> answer = submit(rows("x", random));
                    if (random.nextBoolean()) {
                        answer.cancel(false);
                    }
                    try {
                        answered.addAndGet(answer.get(60, TimeUnit.SECONDS).size());
                    } catch (CancellationException expected) {
                        assertThat(answer).isCancelled();
                    }
                }
            });
        }
        assertThat(batcher.waitingRows()).isZero();
        assertThat(batcher.backlog()).isZero();
        assertThat(scored.get()).isGreaterThanOrEqualTo(answered.get());
    }

    /** What one client does. */
    @FunctionalInterface
    private interface Client {
        void run(int number) throws Exception;
    }

    private static void inParallel(Client client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Boolean>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> threads.submit(() -> {
                        client.run(number);
                        return true;
                    }))
                    .toList();
            for (Future<Boolean> each : clients) {
                each.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private CompletableFuture<List<Classification>> submit(List<EncodedInput> rows) {
        return batcher.submit(rows, Deadline.never());
    }

    private List<Classification> score(List<EncodedInput> batch) {
        assertThat(batch).hasSizeLessThanOrEqualTo(16);
        scored.addAndGet(batch.size());
        return batch.stream().map(Rows::answer).toList();
    }

    private static List<EncodedInput> rows(String name, Random random) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> Rows.row(name + "-" + i, 1 + random.nextInt(200)))
                .toList();
    }
}
